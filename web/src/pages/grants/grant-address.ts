import type { Grant, Server } from '../../api/types.ts';

type Address = Pick<Server, 'slug' | 'gatewayUrl'>;

/** Where the client of a grant points: its server, or the address of all of them. */
export function grantAddress(server: Address, { servers }: Pick<Grant, 'servers'>): Address {
  if (servers.length === 1) return server;
  return { slug: 'portcullis', gatewayUrl: server.gatewayUrl.slice(0, server.gatewayUrl.lastIndexOf('/')) };
}
