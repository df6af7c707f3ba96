import { useQuery } from '@tanstack/react-query';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory, Server } from '../../api/types.ts';
import { Shown } from '../../ui/shown.tsx';
import { GrantList } from '../grants/grant-list.tsx';

export function ServerGrants({ server }: { readonly server: Server }) {
  const inventory = useQuery(inventoryQuery());
  return (
    <Shown query={inventory} what="The grants could not be read">
      {(items) => <GrantList items={reaching(items, server.id)} />}
    </Shown>
  );
}

/** The server itself, and others whose grants reach it too. */
function reaching(items: readonly Inventory[], id: string): Inventory[] {
  const others = items
    .filter(({ server }) => server.id !== id)
    .map((item) => ({
      ...item,
      grants: item.grants.filter(({ servers }) => servers.some(({ serverId }) => serverId === id)),
    }));
  return [
    ...items.filter(({ server }) => server.id === id),
    ...others.filter(({ grants }) => grants.length > 0),
  ];
}
