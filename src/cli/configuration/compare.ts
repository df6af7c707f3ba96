/** Whether a row says what the file says. */
import { isDeepStrictEqual } from 'node:util';
import {
  hashToken,
  openSecrets,
  openServerAuth,
  type GrantRow,
  type PolicyRow,
  type SecretBox,
  type ServerRow,
} from '../../store/index.ts';
import type { ConfiguredGrant, ConfiguredPolicy, ConfiguredServer } from './types.ts';

/** The members that differ, by their names in the file. */
export function serverDifferences(
  row: ServerRow,
  { name, target, auth, caseSensitive }: ConfiguredServer,
  box: SecretBox,
): string[] {
  const isCommand = target.transport === 'stdio';
  const secrets = isCommand ? target.env : target.headers;
  return differing([
    ['name', row.name, name],
    ['transport', row.transport, target.transport],
    ['url', row.url, isCommand ? null : target.url],
    ['command', row.command?.argv, isCommand ? target.argv : undefined],
    ['cwd', row.command?.cwd, isCommand ? target.cwd : undefined],
    [isCommand ? 'env' : 'headers', opened(() => openSecrets(box, row)), secrets],
    ['auth', opened(() => openServerAuth(box, row)), auth ?? null],
    ['caseSensitive', row.caseSensitive, caseSensitive ?? false],
  ]);
}

export function policyDiffers(row: PolicyRow, { document }: ConfiguredPolicy): boolean {
  // Through JSON: absent members and undefined ones are the same there.
  return !isDeepStrictEqual(row.document, JSON.parse(JSON.stringify(document)));
}

export function grantDifferences(
  row: GrantRow,
  grant: ConfiguredGrant,
  policyId: string | undefined,
  further: readonly { readonly serverId: string | undefined; readonly policyId: string | undefined }[],
): string[] {
  return differing([
    ['token', row.tokenHash, grant.token === undefined ? row.tokenHash : hashToken(grant.token)],
    ['policy', row.policyId, policyId],
    ['servers', row.further, further],
    ['tags', row.tags, grant.tags],
    ['owner', row.owner, grant.owner],
    ['ownerId', row.ownerId, grant.ownerId ?? row.ownerId],
    ['allowedAddresses', row.allowedAddresses, grant.allowedAddresses],
    ['expiresAt', row.expiresAt, grant.expiresAt],
  ]);
}

function differing(members: readonly (readonly [name: string, is: unknown, wanted: unknown])[]): string[] {
  return members.flatMap(([name, is, wanted]) => (isDeepStrictEqual(is, wanted) ? [] : [name]));
}

/** Secrets that no longer open are replaced by those of the file. */
function opened<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
