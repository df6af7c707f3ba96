/** Tokens that work now: the stored ones, or new ones, made by one process at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import { PortcullisError } from '../errors.ts';
import { GrantOverError, type Tokens, type UpstreamAuthorization } from '../upstreams/index.ts';
import { readConnection, replaceConnection, type OpenConnection, type Vault } from './held-tokens.ts';

export interface RenewParts {
  readonly vault: Vault;
  readonly authorization: UpstreamAuthorization;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Makes a first connection where no person is needed; undefined where one is. */
  readonly connect: (() => Promise<Tokens>) | undefined;
  readonly server: { readonly id: string; readonly slug: string; readonly url: string };
  /** The person whose tokens they are; '' when everybody's calls use them. */
  readonly owner: string;
  /** What a call is told when a person must sign in. */
  readonly signIn: () => PortcullisError;
}

/** Longer than all requests of a refresh take. */
const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 200;
const LONGEST_WAIT_MS = 15_000;

/**
 * @param refused an access token that the server did not accept
 * @param marginMs how long a token should still last; one that lasts less is used when it cannot be refreshed
 * @throws PC_UPSTREAM_SIGN_IN, PC_UPSTREAM_AUTHORIZATION, PC_UPSTREAM_*
 */
export async function renewTokens(
  parts: RenewParts,
  refused: string | undefined,
  marginMs: number,
): Promise<Tokens> {
  const { vault, server, owner, now, connect, signIn } = parts;
  const until = now() + LONGEST_WAIT_MS;
  for (;;) {
    const open = await readConnection(vault, server.id, owner);
    if (open === undefined && connect !== undefined) return connect();
    if (open === undefined || open.row.status !== 'connected' || open.url !== server.url) throw signIn();
    const { tokens, row } = open;
    const isGood = tokens.accessToken !== refused && (tokens.expiresAt ?? Infinity) > now();
    if (isGood && (tokens.expiresAt ?? Infinity) > now() + marginMs) return tokens;
    if (tokens.refreshToken === undefined && connect === undefined && isGood) return tokens;
    const { upstreamConnections } = vault.store;
    if (await upstreamConnections.lease(server.id, owner, row.version, now() + LEASE_MS))
      return refresh(parts, open, isGood);
    if (isGood) return tokens;
    if (now() > until)
      throw new PortcullisError('PC_UPSTREAM_AUTHORIZATION', {
        server: server.slug,
        detail: 'another node is refreshing its token and has not finished',
      });
    await pause(LOOK_AGAIN_MS);
  }
}

/** Marks the connection as one that a person must mend. The registration stays, for the next sign-in. */
export async function endConnection(
  { vault }: Pick<RenewParts, 'vault'>,
  open: OpenConnection,
): Promise<void> {
  const { issuer, client, resource } = open.tokens;
  const tokens = { issuer, client, resource, accessToken: '', expiresAt: null, scopes: [] };
  await replaceConnection(vault, open.row, { url: open.url, tokens }, 'needs-sign-in');
}

async function refresh(parts: RenewParts, open: OpenConnection, isGood: boolean): Promise<Tokens> {
  const { vault, authorization, connect, server, signIn } = parts;
  const { tokens, row, url } = open;
  const { refreshToken } = tokens;
  try {
    if (connect !== undefined) return await connect();
    if (refreshToken === undefined) {
      await endConnection(parts, open);
      throw signIn();
    }
    const renewed = await authorization.refresh(server.slug, { ...tokens, refreshToken });
    // Nothing else writes under the lease but a new sign-in or its end, which win.
    if (await replaceConnection(vault, row, { url, tokens: renewed })) return renewed;
    return await renewTokens(parts, undefined, 0);
  } catch (error) {
    if (error instanceof GrantOverError) {
      await endConnection(parts, open);
      throw signIn();
    }
    if (!(error instanceof PortcullisError) || error.code !== signIn().code)
      await replaceConnection(vault, row, { url, tokens });
    if (isGood) return tokens;
    throw error;
  }
}
