/** What is sealed of a server, opened. */
import type { ServerAuth, ServerRow } from '../types.ts';
import type { SecretBox } from './secret-box.ts';

type OpenAuth = Omit<ServerAuth, 'sealedClientSecret'> & { readonly clientSecret?: string };

/** Its headers (http, sse) or variables (stdio). @throws PC_MASTER_KEY */
export function openSecrets(
  box: SecretBox,
  { id, sealedSecrets }: Pick<ServerRow, 'id' | 'sealedSecrets'>,
): Record<string, string> {
  if (sealedSecrets === null) return {};
  return JSON.parse(box.open(sealedSecrets, { table: 'servers', id })) as Record<string, string>;
}

/** How the gateway signs in there, with the client's secret; null where no OAuth is involved. @throws PC_MASTER_KEY */
export function openServerAuth(
  box: SecretBox,
  { id, auth }: Pick<ServerRow, 'id' | 'auth'>,
): OpenAuth | null {
  if (!auth) return null;
  const { sealedClientSecret, ...open } = auth;
  return sealedClientSecret === undefined
    ? open
    : { ...open, clientSecret: box.open(sealedClientSecret, { table: 'servers.auth', id }) };
}
