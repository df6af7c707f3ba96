import { z } from 'zod';
import { whyNot, type Approver } from '../../approvals/index.ts';
import type { ApprovalRow, ApprovalVoteRow } from '../../store/index.ts';
import { ROLES } from '../../registry/index.ts';
import { time, timeText, timeTextOrNull } from './values.ts';

const STATES = ['pending', 'approved', 'denied', 'expired', 'void', 'used'] as const;

export const approvalQuery = z.strictObject({
  state: z.enum(STATES).optional(),
  server: z.string().optional(),
  grant: z.string().optional(),
  tool: z.string().optional(),
});

export const answerInput = z.strictObject({
  reason: z
    .string()
    .trim()
    .max(2000)
    .optional()
    .meta({ description: 'Kept with the answer; needed to deny' }),
  seen: z
    .string()
    .optional()
    .meta({ description: 'The viewHash that was shown; the answer is refused when it is another' }),
});

const named = z.strictObject({ id: z.string(), name: z.string() });
const members = {
  id: z.string(),
  state: z.enum(STATES).meta({
    description: 'void: what it was asked for has changed; used: the call was made on it',
  }),
  server: named,
  grant: z.strictObject({ id: z.string(), label: z.string() }),
  tool: z.string(),
  toolClass: z.string(),
  rule: z.string().meta({ description: 'JSON Pointer of the rule that asks, or "(unknown outcome)"' }),
  message: z.string(),
  earlier: z.string().nullable().meta({
    description: 'The decision of an identical call whose answer was lost, where that is why it asks',
  }),
  policy: z.strictObject({ id: z.string(), version: z.int() }),
  definitionDigest: z.string(),
  argumentDigest: z.string(),
  viewHash: z.string().meta({ description: 'SHA-256 of everything that an approver is shown' }),
  people: z.int().meta({ description: 'How many people must agree' }),
  role: z.string(),
  approvers: z
    .array(z.string())
    .meta({ description: 'Who may answer, by name; empty: whoever has the role' }),
  requestedAt: time,
  expiresAt: time,
  decidedAt: time.nullable(),
  executedAt: time.nullable(),
  returnedAt: time.nullable(),
  call: z.string().nullable().meta({ description: 'The decision that was made on it' }),
  result: z.unknown(),
  mayAnswer: z.boolean(),
  whyNot: z.string().nullable(),
};

export const approvalShape = z.strictObject(members).meta({ id: 'Approval' });

const line = z.strictObject({ op: z.enum(['same', 'removed', 'added']), text: z.string() });
export const approvalDetailShape = z
  .strictObject({
    ...members,
    severity: z.string().nullable(),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What the tool says of itself, while that is unchanged' }),
    argumentText: z.string().nullable().meta({ description: 'Canonical JSON; null once it is deleted' }),
    arguments: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['code', 'sql', 'url', 'path', 'text', 'json']),
        language: z.enum(['python', 'javascript', 'typescript', 'shell', 'sql']).optional(),
        text: z.string(),
        invisible: z.int().meta({ description: 'Characters that cannot be seen' }),
      }),
    ),
    diff: z
      .strictObject({
        approval: z.string(),
        at: time,
        arguments: z.array(z.strictObject({ name: z.string(), lines: z.array(line) })),
      })
      .nullable()
      .meta({ description: 'Against the last approved call of this tool' }),
    votes: z.array(
      z.strictObject({
        actor: z.string(),
        verdict: z.enum(['approve', 'deny']),
        reason: z.string().nullable(),
        viewHash: z.string(),
        via: z.enum(['api', 'cli', 'link']),
        at: time,
      }),
    ),
    history: z.array(approvalShape).meta({ description: 'Earlier approvals of this tool, newest first' }),
  })
  .meta({ id: 'ApprovalDetail' });

export const approvalSettingsShape = z
  .strictObject({
    role: z.enum(ROLES).meta({ description: 'The least role that may answer' }),
    approvers: z.array(z.string().min(1).max(300)).max(100),
    people: z.int().min(1).max(2),
  })
  .meta({ id: 'ApprovalSettings' });

export function showApproval(row: ApprovalRow, approver: Approver) {
  const reason = row.state === 'pending' ? whyNot(row, approver) : 'it is not pending';
  return {
    id: row.id,
    state: row.state,
    server: { id: row.serverId, name: row.serverName },
    grant: { id: row.grantId, label: row.grantLabel },
    tool: row.tool,
    toolClass: row.toolClass,
    rule: row.rule,
    message: row.message,
    earlier: row.earlier,
    policy: { id: row.policyId, version: row.policyVersion },
    definitionDigest: row.definitionDigest,
    argumentDigest: row.argumentDigest,
    viewHash: row.viewHash,
    people: row.people,
    role: row.role,
    approvers: row.approvers,
    requestedAt: timeText(row.requestedAt),
    expiresAt: timeText(row.expiresAt),
    decidedAt: timeTextOrNull(row.decidedAt),
    executedAt: timeTextOrNull(row.claimedAt),
    returnedAt: timeTextOrNull(row.returnedAt),
    call: row.claimedBy,
    result: row.result,
    mayAnswer: reason === undefined,
    whyNot: reason ?? null,
  };
}

export function showVote({ actor, verdict, reason, viewHash, via, at }: ApprovalVoteRow) {
  return { actor, verdict, reason, viewHash, via, at: timeText(at) };
}
