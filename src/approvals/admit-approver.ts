/** Who may answer: not the one who asks, and only whom the setting names or whose role is enough. */
import { PortcullisError } from '../errors.ts';
import type { ApprovalRow } from '../store/index.ts';
import type { Approver } from './types.ts';

/** @throws PC_APPROVAL_FORBIDDEN */
export function admitApprover(row: ApprovalRow, approver: Approver): void {
  const refused = whyNot(row, approver);
  if (refused !== undefined) throw new PortcullisError('PC_APPROVAL_FORBIDDEN', { detail: refused });
}

/** Why this approver may not answer; undefined when they may. */
export function whyNot({ owner, approvers, role }: ApprovalRow, approver: Approver): string | undefined {
  if (owner !== null && names(owner, approver)) return 'who asks may not approve';
  if (approvers.length > 0)
    return approvers.some((name) => names(name, approver)) ? undefined : 'only named approvers may answer';
  return approver.holds(role) ? undefined : `it takes the role ${role}`;
}

function names(name: string, { id }: Approver): boolean {
  return name === id;
}
