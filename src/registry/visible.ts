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
