import { serversOf, type GrantRow } from '../store/index.ts';
import type { Registry } from './registry.ts';

/** What belongs to a server is there for those who see the server. */
export async function ofVisibleServer<Row extends { readonly serverId: string }>(
  registry: Registry,
  row: Row | undefined,
): Promise<Row | undefined> {
  if (row === undefined) return undefined;
  const server = await registry.store.servers.get(row.serverId);
  return server !== undefined && registry.sees(server) ? row : undefined;
}

/** A grant that also reaches a server that is hidden from whoever asks is not listed for them. */
export function seesGrant({ hidden }: Registry, row: GrantRow): boolean {
  return serversOf(row).every(({ serverId }) => !hidden.has(serverId));
}

/** A grant is there for those who see every server that it reaches: changing it changes them all. */
export async function ofVisibleServers(registry: Registry, row: GrantRow): Promise<GrantRow | undefined> {
  const seen = await Promise.all(serversOf(row).map((reached) => ofVisibleServer(registry, reached)));
  return seen.includes(undefined) ? undefined : row;
}
