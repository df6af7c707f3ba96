/**
 * The four events of an approval in the decision log: requested, decided, executed, returned. They share the approval's id.
 * Whoever decides may be a process without a log (the command line); then the next gateway writes what was decided.
 */
import type { DecisionLog } from '../audit/index.ts';
import type { Json } from '../json.ts';
import type { ApprovalRow, ApprovalStore } from '../store/index.ts';

export type ApprovalEvent = 'requested' | 'decided' | 'executed' | 'returned';
export type AppendOnly = Pick<DecisionLog, 'append'>;

/** Resolves when the event is durable. @throws PC_LOG_UNAVAILABLE */
export async function logApproval(
  log: AppendOnly,
  event: ApprovalEvent,
  row: ApprovalRow,
  at: number,
  more: { readonly [member: string]: Json },
): Promise<void> {
  const { id, organizationId, serverId, serverName, grantId, grantLabel, tool, rule } = row;
  const index = {
    kind: 'event' as const,
    id,
    at,
    organization: organizationId,
    server: serverId,
    grant: grantId,
    tool,
    method: `approval.${event}`,
    outcome: row.state,
    rule,
  };
  await log.append(index, {
    id,
    at,
    organization: organizationId,
    event: `approval.${event}`,
    server: { id: serverId, name: serverName },
    grant: { id: grantId, label: grantLabel },
    tool,
    rule,
    state: row.state,
    definitionDigest: row.definitionDigest,
    argumentDigest: row.argumentDigest,
    policy: { id: row.policyId, version: row.policyVersion },
    viewHash: row.viewHash,
    expiresAt: row.expiresAt,
    ...more,
  });
}

/** Writes what was decided, unless another process has. @throws PC_LOG_UNAVAILABLE, PC_STORE_UNAVAILABLE */
export async function logDecided(log: AppendOnly, store: ApprovalStore, row: ApprovalRow): Promise<void> {
  if (row.logged || !(await store.markLogged(row.id))) return;
  const votes = (await store.votes(row.id)).map(({ actor, verdict, reason, viewHash, via, at }) => ({
    actor,
    verdict,
    reason,
    viewHash,
    via,
    at,
  }));
  // A call that is already claimed was approved before.
  const decided = row.state === 'used' ? { ...row, state: 'approved' as const } : row;
  await logApproval(log, 'decided', decided, row.decidedAt ?? row.updatedAt, { votes });
}
