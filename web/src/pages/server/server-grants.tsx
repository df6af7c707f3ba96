import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Server } from '../../api/types.ts';
import { Shown } from '../../ui/shown.tsx';
import { GrantList } from '../grants/grant-list.tsx';
import type { GrantSearch } from '../grants/grant-search.ts';

/** The grants that reach a server, first or further. */
export function ServerGrants({ server }: { readonly server: Server }) {
  const inventory = useQuery(inventoryQuery());
  const { text, state, policy } = useSearch({ from: '/shell/servers/$server' });
  const search: GrantSearch = Object.fromEntries(
    Object.entries({ text, state, policy }).filter(([, value]) => value !== undefined),
  );
  const navigate = useNavigate({ from: '/servers/$server' });
  return (
    <Shown query={inventory} what="The grants could not be read">
      {(items) => {
        const item = items.find((one) => one.server.id === server.id);
        return (
          item && (
            <GrantList
              items={items}
              ofServer={item}
              search={search}
              onSearch={(next) => void navigate({ search: { tab: 'grants', ...next }, replace: true })}
            />
          )
        );
      }}
    </Shown>
  );
}
