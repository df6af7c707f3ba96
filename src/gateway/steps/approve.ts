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
import { tellWhenDecided } from '../tell-decided.ts';
import { reserve } from './reserve.ts';

/**
 * Undefined: the approval is taken, the call may be performed. Never throws.
 * @param begin makes a task of a call that has to wait, and answers with it; absent: the client takes none
 */
export async function approve(
  call: Call,
  core: Core,
  approvals: Approvals,
  verdict: Verdict,
  begin?: (asked: Asked) => Buffer,
): Promise<Ending | undefined> {
  const wanted = askedCall(call, verdict);
  if (wanted === undefined) return { kind: 'verdict', verdict };
  try {
    let asked = await approvals.desk.ask(wanted);
    if (asked.state === 'pending' && begin !== undefined) {
      call.approval = asked.approval;
      return { kind: 'verdict', verdict, answer: begin(asked) };
    }
    const elicits = canElicit(call);
    const first = elicits && asked.created && call.ownState === undefined;
    if (asked.state === 'pending' && approvals.holdMs > 0 && !first) {
      const here = await hold(call, approvals, asked.approval.id);
      // A client that went away or cancelled is not acted for: the approval stays for its next try.
      if (here !== undefined) asked = await approvals.desk.ask(wanted);
    }
    const again = call.era === 'modern' && (call.ownState !== undefined || ownAnswer(call) !== undefined);
    const shows = elicits && !again;
    if (shows && call.era === 'legacy' && asked.state === 'pending')
      tellWhenDecided(call, core, approvals, asked.approval);
    return await approveBy(call, core, approvals, verdict, asked, shows);
  } catch (thrown) {
    return { kind: 'error', error: toPortcullisError(thrown) };
  }
}

/** The same for a call of which people have said something already, and on nothing but that. Never throws. */
export async function approveBy(
  call: Call,
  core: Core,
  approvals: Approvals,
  verdict: Verdict,
  asked: Asked,
  elicit = false,
): Promise<Ending | undefined> {
  if (asked.state !== 'approved') return waiting(call, core, approvals, verdict, asked, elicit);
  if (asked.approval.rule !== verdict.rule || asked.approval.earlier !== (verdict.earlier?.id ?? null))
    return {
      kind: 'error',
      error: new PortcullisError('PC_APPROVAL_CHANGED', { detail: 'another rule asks now' }),
    };
  try {
    return await take(call, core, approvals, verdict, asked);
  } catch (thrown) {
    call.hold?.release();
    return { kind: 'error', error: toPortcullisError(thrown) };
  }
}

async function take(
  call: Call,
  core: Core,
  approvals: Approvals,
  verdict: Verdict,
  asked: Asked,
): Promise<Ending | undefined> {
  const refused = await reserve(call, core);
  if (refused !== undefined) return refused;
  const { desk } = approvals;
  const row = await desk.claim(asked.approval.id, call.id);
  if (row === undefined) {
    call.hold?.release();
    return hasEnded(call, verdict);
  }
  call.approval = row;
  if (approvals.stands(call)) return undefined;
  call.hold?.release();
  call.approval = undefined;
  await desk.giveBack(row.id, call.id);
  return { kind: 'error', error: hasChanged() };
}

/** Said to the agent like any denial: it may ask again. */
export function hasEnded(call: Call, verdict: Verdict): Ending {
  const message =
    'Its approval was used by another try of the same call, or withdrawn. Call again to ask anew.';
  call.verdict = { ...verdict, outcome: 'deny', message };
  return { kind: 'verdict', verdict: call.verdict };
}

/** The call is no longer the one that was judged. */
export function hasChanged(): PortcullisError {
  return new PortcullisError('PC_APPROVAL_CHANGED', {
    detail: 'the policy, the grant or the tool has changed meanwhile; call again',
  });
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
