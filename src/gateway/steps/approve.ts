/**
 * Calls that need a person. One that was approved takes its approval, once, and goes on; everything else is answered here and
 * goes nowhere. What the call reserves is taken before the approval is, and given back when the approval went to another try.
 */
import { PortcullisError, toPortcullisError } from '../../errors.ts';
import type { Asked } from '../../approvals/index.ts';
import type { Verdict } from '../../policy/index.ts';
import type { Approvals } from '../approvals.ts';
import { approvalAnswer, canElicit } from '../ask-client.ts';
import { askedCall, ownAnswer } from '../asked-call.ts';
import type { Call, Ending } from '../call.ts';
import type { Core } from '../core.ts';
import { hold } from '../hold.ts';
import { reserve } from './reserve.ts';

/** Undefined: the approval is taken, the call may be performed. Never throws. */
export async function approve(
  call: Call,
  core: Core,
  approvals: Approvals,
  verdict: Verdict,
): Promise<Ending | undefined> {
  const wanted = askedCall(call, verdict);
  if (wanted === undefined) return { kind: 'verdict', verdict };
  try {
    let asked = await approvals.desk.ask(wanted);
    const elicits = canElicit(call);
    const first = elicits && asked.created && call.ownState === undefined;
    if (asked.state === 'pending' && approvals.holdMs > 0 && !first) {
      const here = await hold(call, approvals, asked.approval.id);
      // A client that went away or cancelled is not acted for: the approval stays for its next try.
      if (here !== undefined) asked = await approvals.desk.ask(wanted);
    }
    if (asked.state === 'approved') return await take(call, core, approvals, asked);
    const again = call.era === 'modern' && (call.ownState !== undefined || ownAnswer(call) !== undefined);
    return waiting(call, core, approvals, verdict, asked, elicits && !again);
  } catch (thrown) {
    call.hold?.release();
    return { kind: 'error', error: toPortcullisError(thrown) };
  }
}

async function take(call: Call, core: Core, approvals: Approvals, asked: Asked): Promise<Ending | undefined> {
  const refused = reserve(call, core);
  if (refused !== undefined) return refused;
  const { desk } = approvals;
  const row = await desk.claim(asked.approval.id, call.id);
  if (row === undefined) {
    call.hold?.release();
    return {
      kind: 'error',
      error: new PortcullisError('PC_APPROVAL_ENDED', { detail: 'another try of this call has used it' }),
    };
  }
  call.approval = row;
  if (approvals.stands(call)) return undefined;
  call.hold?.release();
  call.approval = undefined;
  await desk.giveBack(row.id, call.id);
  return {
    kind: 'error',
    error: new PortcullisError('PC_APPROVAL_CHANGED', {
      detail: 'the policy, the grant or the tool has changed meanwhile; call again',
    }),
  };
}

function waiting(
  call: Call,
  core: Core,
  approvals: Approvals,
  verdict: Verdict,
  asked: Asked,
  elicit: boolean,
): Ending {
  const denied: Verdict = { ...verdict, outcome: 'deny', message: asked.denial ?? verdict.message };
  call.verdict = asked.state === 'denied' ? denied : verdict;
  call.approval = asked.approval;
  return {
    kind: 'verdict',
    verdict: call.verdict,
    answer: approvalAnswer(call, core, approvals, asked, elicit),
  };
}
