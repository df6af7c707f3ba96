/** Sign-ins at servers, begun and ended for whoever asks: the REST API and the command line. */
import type { Connections, Starter } from '../connections/index.ts';
import { PortcullisError } from '../errors.ts';
import { recordEvent, type Actor, type Registry } from '../registry/index.ts';
import type { ServerRow } from '../store/index.ts';

interface Parts {
  readonly registry: Registry;
  readonly connections: Connections;
}

/**
 * The address that a person must open; null when the gateway signed in by itself.
 * @throws PC_API_CONFLICT for a server without OAuth; PC_UPSTREAM_AUTHORIZATION, PC_UPSTREAM_*
 */
export async function connectServer(
  { registry, connections }: Parts,
  actor: Actor,
  row: ServerRow,
  starter: Omit<Starter, 'actor'> = {},
): Promise<string | null> {
  const authorizationUrl = await connections.begin(row, { actor: actor.name, ...starter });
  const connected = authorizationUrl === null;
  await recordEvent(registry, actor, 'server.connect', row.id, { slug: row.slug, connected });
  return authorizationUrl;
}

/** @returns whether the authorization server confirmed that the tokens are over */
export async function disconnectServer(
  { registry, connections }: Parts,
  actor: Actor,
  row: ServerRow,
  person?: string,
): Promise<boolean> {
  const revoked = await connections.disconnect(row, person);
  await recordEvent(registry, actor, 'server.disconnect', row.id, { slug: row.slug, revoked });
  return revoked;
}

/** @throws PC_API_CONFLICT for a server where everybody connects for themself */
export function requireShared({ auth }: ServerRow, detail: string): void {
  if (auth?.perUser === true) throw new PortcullisError('PC_API_CONFLICT', { detail });
}
