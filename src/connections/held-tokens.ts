/** Connections as they are stored: tokens sealed, bound to the server's address. */
import type { ConnectionRow, SecretBox, Store } from '../store/index.ts';
import type { Tokens } from '../upstreams/index.ts';

/** Whose connection it is when everybody's calls use it. */
export const SHARED = '';

/** What is sealed in a row. */
export interface HeldTokens {
  /** The server's URL when it was connected: tokens go nowhere else. */
  readonly url: string;
  readonly tokens: Tokens;
}

/** A row with its tokens opened. */
export interface OpenConnection extends HeldTokens {
  readonly row: ConnectionRow;
}

export interface Vault {
  readonly store: Pick<Store, 'upstreamConnections'>;
  readonly box: SecretBox;
}

/** @throws PC_MASTER_KEY, PC_STORE_UNAVAILABLE */
export async function readConnection(
  { store, box }: Vault,
  serverId: string,
): Promise<OpenConnection | undefined> {
  const row = await store.upstreamConnections.get(serverId, SHARED);
  if (row === undefined) return undefined;
  return { row, ...(JSON.parse(box.open(row.sealed, place(serverId))) as HeldTokens) };
}

/** Stores a new connection; every node hears of it. */
export async function keepConnection(vault: Vault, serverId: string, held: HeldTokens): Promise<void> {
  await vault.store.upstreamConnections.put({ serverId, owner: SHARED, ...columns(vault, serverId, held) });
}

/** After a refresh, or when the grant is over. False when somebody else changed it meanwhile. */
export function replaceConnection(
  vault: Vault,
  { serverId, version }: ConnectionRow,
  held: HeldTokens,
  status: ConnectionRow['status'] = 'connected',
): Promise<boolean> {
  const row = { serverId, owner: SHARED, version, ...columns(vault, serverId, held), status };
  return vault.store.upstreamConnections.replace(row);
}

function columns({ box }: Vault, serverId: string, held: HeldTokens) {
  const { expiresAt, scopes } = held.tokens;
  const sealed = box.seal(JSON.stringify(held), place(serverId));
  return { status: 'connected', expiresAt, scopes, sealed } as const;
}

function place(serverId: string) {
  return { table: 'upstream_connections', id: serverId };
}
