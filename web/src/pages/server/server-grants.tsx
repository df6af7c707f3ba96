import { useQuery } from '@tanstack/react-query';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Server } from '../../api/types.ts';
import { Shown } from '../../ui/shown.tsx';
import { GrantList } from '../grants/grant-list.tsx';

export function ServerGrants({ server }: { readonly server: Server }) {
  const inventory = useQuery(inventoryQuery());
  return (
    <Shown query={inventory} what="The grants could not be read">
      {(items) => <GrantList items={items.filter((one) => one.server.id === server.id)} />}
    </Shown>
  );
}
