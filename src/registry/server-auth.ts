/** How the gateway signs in at a server: what an owner may set, and how it is kept. */
import type { Problem } from '../errors.ts';
import type { SecretBox, ServerAuth } from '../store/index.ts';

export interface ServerAuthInput {
  readonly kind: ServerAuth['kind'];
  /** Registered beforehand at the authorization server; without it the gateway identifies or registers itself. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly scopes?: readonly string[];
  /** Everybody signs in for themself, and a grant's calls run as its owner. */
  readonly perUser?: boolean;
}

const CLIENT = /^[\x20-\x7e]{1,2048}$/;
/** scope-token of RFC 6749, section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

export function serverAuthProblems(
  auth: ServerAuthInput,
  headerNames: readonly string[],
  transport: string,
): Problem[] {
  const problems: Problem[] = [];
  const add = (pointer: string, message: string): number => problems.push({ pointer, message });
  const { kind, clientId, clientSecret, scopes = [] } = auth;
  if (transport === 'stdio') add('/auth', 'A command has no OAuth; give its credentials as variables.');
  if (headerNames.some((name) => name.toLowerCase() === 'authorization'))
    add('/headers/Authorization', 'The Authorization header is what OAuth sets; remove one of the two.');
  if (clientId !== undefined && !CLIENT.test(clientId))
    add('/auth/clientId', 'Expected 1 to 2,048 visible ASCII characters.');
  if (clientSecret !== undefined && !CLIENT.test(clientSecret))
    add('/auth/clientSecret', 'Expected 1 to 2,048 visible ASCII characters.');
  if (clientSecret !== undefined && clientId === undefined)
    add('/auth/clientId', 'A client secret needs the client id that it belongs to.');
  if (kind === 'client_credentials' && auth.perUser === true)
    add('/auth/perUser', 'Client credentials sign in as the gateway; there is no person in them.');
  if (kind === 'client_credentials' && (clientId === undefined || clientSecret === undefined))
    add('/auth', 'Client credentials need clientId and clientSecret.');
  for (const [index, scope] of scopes.entries())
    if (!SCOPE.test(scope)) add(`/auth/scopes/${index}`, 'This is not a scope; scopes have no spaces.');
  return problems;
}

/** The column: the client's secret sealed. */
export function serverAuthColumn(
  box: SecretBox,
  id: string,
  auth: ServerAuthInput | null | undefined,
): ServerAuth | null {
  if (!auth) return null;
  const { clientSecret, ...open } = auth;
  return clientSecret === undefined
    ? open
    : { ...open, sealedClientSecret: box.seal(clientSecret, { table: 'servers.auth', id }) };
}
