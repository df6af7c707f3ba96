/** Connections as they are stored: tokens sealed, bound to the server's address. */
import { connectionPlace, type ConnectionRow, type SecretBox, type Store } from '../store/index.ts';
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
  owner: string,
): Promise<OpenConnection | undefined> {
  const row = await store.upstreamConnections.get(serverId, owner);
  return row === undefined ? undefined : openConnection(box, row);
}

/** @throws PC_MASTER_KEY */
export function openConnection(box: SecretBox, row: ConnectionRow): OpenConnection {
  const place = connectionPlace(row.serverId, row.owner);
  return { row, ...(JSON.parse(box.open(row.sealed, place)) as HeldTokens) };
}

/** Stores a new connection; every node hears of it. @throws PC_API_NOT_FOUND when its owner is no member any more */
export async function keepConnection(
  vault: Vault,
  serverId: string,
  owner: string,
  held: HeldTokens,
): Promise<void> {
  await vault.store.upstreamConnections.put({ serverId, owner, ...columns(vault, serverId, owner, held) });
}

/** After a refresh, or when the grant is over. False when somebody else changed it meanwhile. */
export function replaceConnection(
  vault: Vault,
  { serverId, owner, version }: ConnectionRow,
  held: HeldTokens,
  status: ConnectionRow['status'] = 'connected',
): Promise<boolean> {
  const row = { serverId, owner, version, ...columns(vault, serverId, owner, held), status };
  return vault.store.upstreamConnections.replace(row);
}

function columns({ box }: Vault, serverId: string, owner: string, held: HeldTokens) {
  const { expiresAt, scopes } = held.tokens;
  const sealed = box.seal(JSON.stringify(held), connectionPlace(serverId, owner));
  return { status: 'connected', expiresAt, scopes, sealed } as const;
}
