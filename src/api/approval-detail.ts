/** Everything that an approver looks at. */
import { diffArguments, showArguments, type ApprovalDesk, type Approver } from '../approvals/index.ts';
import type { JsonObject } from '../json.ts';
import type { ApprovalRow, Store } from '../store/index.ts';
import { showApproval, showVote } from './shapes/approval.ts';
import { timeText } from './shapes/values.ts';

const EARLIER = 5;

/** @throws PC_STORE_UNAVAILABLE, PC_MASTER_KEY */
export async function approvalDetail(store: Store, desk: ApprovalDesk, row: ApprovalRow, approver: Approver) {
  const text = desk.argumentsOf(row);
  const { organizationId: organization, serverId: server, tool } = row;
  const earlier = await store.approvals.page({ organization, server, tool }, { limit: EARLIER + 1 });
  const known = (await store.tools.list(server)).find(({ name }) => name === tool);
  const unchanged = known?.digest === row.definitionDigest ? known : undefined;
  return {
    ...showApproval(row, approver),
    severity: known?.severity ?? null,
    description: unchanged === undefined ? null : descriptionOf(unchanged.definition),
    argumentText: text ?? null,
    arguments: text === undefined ? [] : showArguments(text),
    diff: text === undefined ? null : await diffToLast(store, desk, row, text),
    votes: (await store.approvals.votes(row.id)).map(showVote),
    history: earlier.items
      .filter(({ id }) => id !== row.id)
      .slice(0, EARLIER)
      .map((one) => showApproval(one, approver)),
  };
}

async function diffToLast(store: Store, desk: ApprovalDesk, row: ApprovalRow, text: string) {
  const last = await store.approvals.lastUsed(row.serverId, row.tool, row.requestedAt);
  const before = last === undefined ? undefined : desk.argumentsOf(last);
  if (last?.claimedAt == null || before === undefined) return null;
  return { approval: last.id, at: timeText(last.claimedAt), arguments: diffArguments(before, text) };
}

function descriptionOf(definition: string): string | null {
  const { description } = JSON.parse(definition) as JsonObject;
  return typeof description === 'string' ? description : null;
}
