/** What an approver is shown of a call, and the hash that proves it. Facts of the moment it was asked; nothing in it changes later. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../json.ts';
import type { NewApproval } from '../store/index.ts';

type Shown = Pick<
  NewApproval,
  | 'id'
  | 'organizationId'
  | 'serverId'
  | 'serverName'
  | 'grantId'
  | 'grantLabel'
  | 'tool'
  | 'toolClass'
  | 'definitionDigest'
  | 'policyId'
  | 'policyVersion'
  | 'rule'
  | 'message'
  | 'requestedAt'
  | 'expiresAt'
>;

/** SHA-256, hex, of the canonical JSON of every fact that is shown. */
export function viewHash(row: Shown, args: JsonObject): string {
  const shown: JsonObject = {
    id: row.id,
    organization: row.organizationId,
    server: { id: row.serverId, name: row.serverName },
    grant: { id: row.grantId, label: row.grantLabel },
    tool: { name: row.tool, class: row.toolClass, definitionDigest: row.definitionDigest },
    policy: { id: row.policyId, version: row.policyVersion },
    rule: row.rule,
    message: row.message,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    arguments: args,
  };
  return createHash('sha256').update(canonicalJson(shown)).digest('hex');
}
