/**
 * The one chokepoint: every message that can reach an upstream runs this list, in this order, whatever door it came
 * through. `judge` decides, without waiting unless all nodes count together; `perform` records, sends and answers. There is no
 * second way to send.
 */
import type { Asked } from '../approvals/index.ts';
import { PortcullisError, toPortcullisError } from '../errors.ts';
import type { Verdict } from '../policy/index.ts';
import type { Approvals } from './approvals.ts';
import { awaitJudgement } from './await-judgement.ts';
import { cancelHold } from './hold.ts';
import { answerEnding, answerError } from './steps/answer.ts';
import { approve, approveBy, hasChanged, hasEnded } from './steps/approve.ts';
import { bindState } from './steps/bind-state.ts';
import { claimId, freeId } from './steps/claim-id.ts';
import { closeApproval } from './steps/close-approval.ts';
import { decide } from './steps/decide.ts';
import { needsIntent, recordIntent } from './steps/record-intent.ts';
import { recordEnding, recordOutcome } from './steps/record-outcome.ts';
import { refuseBlindly } from './steps/refuse-blindly.ts';
import { requirePerson } from './steps/require-person.ts';
import { reserve } from './steps/reserve.ts';
import type { Call, CountingStep, Ending, Judged } from './call.ts';
import type { Core } from './core.ts';
import { readCode } from './read-code.ts';
import { answerTask } from './tasks/answer-task.ts';
import { beginTask, takesTask } from './tasks/begin-task.ts';
import type { OwnTask } from './tasks/own-task.ts';

const JUDGE: readonly CountingStep[] = [refuseBlindly, bindState, requirePerson, decide, claimId, reserve];

/** Sends a judged call; set by the gateway, which alone owns upstream sessions. */
export type Dispatch = (call: Call) => void;

/** Undefined: the call may be performed, and what it needs is reserved. Neither throws nor rejects: what goes wrong is an Ending. */
export function judge(call: Call, core: Core): Judged {
  return judgeFrom(0, call, core);
}

function judgeFrom(first: number, call: Call, core: Core): Judged {
  try {
    for (let step = first; step < JUDGE.length; step++) {
      const ending = JUDGE[step]!(call, core);
      if (ending instanceof Promise) return judgeLater(ending, step + 1, call, core);
      if (ending !== undefined) return ending;
    }
    return undefined;
  } catch (thrown) {
    return unjudged(thrown, call, core);
  }
}

async function judgeLater(
  waiting: Promise<Ending | undefined>,
  next: number,
  call: Call,
  core: Core,
): Promise<Ending | undefined> {
  try {
    return (await waiting) ?? (await judgeFrom(next, call, core));
  } catch (thrown) {
    return unjudged(thrown, call, core);
  }
}

function unjudged(thrown: unknown, call: Call, core: Core): Ending {
  core.logger.error(
    { call: call.id, error: String(thrown), cause: String((thrown as Error).cause ?? '') },
    'a call could not be judged',
  );
  return { kind: 'error', error: toPortcullisError(thrown) };
}

/** Records the intent, then sends. The answer goes to the call's front by itself. Never throws. */
export function perform(call: Call, core: Core, dispatch: Dispatch): void {
  if (!needsIntent(call)) return send(call, core, dispatch);
  recordIntent(call, core, (ending) => {
    if (ending === undefined) return send(call, core, dispatch);
    if (call.approval !== undefined) closeApproval(call, core);
    refuse(call, core, ending);
  });
}

function send(call: Call, core: Core, dispatch: Dispatch): void {
  try {
    dispatch(call);
  } catch (thrown) {
    const error = toPortcullisError(thrown);
    call.outcome = { ...UNSENT, error };
    freeId(call);
    recordOutcome(call, core);
    answerError(call, error);
  }
}

const UNSENT = {
  status: undefined,
  kind: 'none',
  isError: undefined,
  errorCode: undefined,
  bytes: 0,
  ran: 'no',
  durationMs: 0,
} as const;

/** Records why a call goes no further, then says so. Without a record there is no answer but that. Never throws. */
export function refuse(call: Call, core: Core, ending: Ending): void {
  freeId(call);
  recordEnding(call, core, ending, (error) =>
    answerEnding(call, error === undefined ? ending : { kind: 'error', error }),
  );
}

/** The whole list for one message. */
export function run(call: Call, core: Core, dispatch: Dispatch): void {
  const reading = readCode(call);
  if (reading === undefined) decided(call, core, dispatch);
  else void reading.then(() => decided(call, core, dispatch));
}

function decided(call: Call, core: Core, dispatch: Dispatch): void {
  const ending = judge(call, core);
  if (!(ending instanceof Promise)) return judged(call, core, dispatch, ending);
  void awaitJudgement(call, core, ending).then((judgement) => judged(call, core, dispatch, judgement));
}

function judged(call: Call, core: Core, dispatch: Dispatch, ending: Ending | undefined): void {
  const { approvals } = core;
  if (approvals !== undefined) {
    if (approvals.held.size > 0 && cancelHold(call, approvals)) return call.front.reply(202, null);
    if (ending === undefined && call.ownTask !== undefined)
      return void performOnTask(call, core, dispatch, approvals, call.ownTask);
    if (ending?.kind === 'verdict' && ending.verdict.outcome === 'needs_approval')
      return void performApproved(call, core, dispatch, approvals, ending.verdict);
  }
  finish(call, core, dispatch, ending);
}

/** The same list with a person in it. The request's id is taken meanwhile: a second request with it cannot slip by. Never rejects. */
async function performApproved(
  call: Call,
  core: Core,
  dispatch: Dispatch,
  approvals: Approvals,
  verdict: Verdict,
): Promise<void> {
  const begin = takesTask(call, core.tasks)
    ? (asked: Asked): Buffer =>
        beginTask(call, core, approvals, asked, (again, said) =>
          resume(again, core, dispatch, approvals, said),
        )
    : undefined;
  finish(call, core, dispatch, claimId(call, core) ?? (await approve(call, core, approvals, verdict, begin)));
}

/** Goes on with a task of which people have said something: judged as it is now, and made on their answer only. */
async function resume(
  call: Call,
  core: Core,
  dispatch: Dispatch,
  approvals: Approvals,
  asked: Asked | undefined,
): Promise<void> {
  await readCode(call);
  const { session } = call.caller;
  if (session !== undefined && core.sessions.get(session.id) === undefined)
    return refuse(call, core, { kind: 'error', error: new PortcullisError('PC_SESSION_UNKNOWN') });
  if (!approvals.stands(call)) return refuse(call, core, { kind: 'error', error: hasChanged() });
  const judging = judge(call, core);
  const ending = judging instanceof Promise ? await awaitJudgement(call, core, judging) : judging;
  if (ending?.kind !== 'verdict' || ending.verdict.outcome !== 'needs_approval')
    return finish(call, core, dispatch, ending);
  const { verdict } = ending;
  if (asked === undefined) return refuse(call, core, hasEnded(call, verdict));
  finish(
    call,
    core,
    dispatch,
    claimId(call, core) ?? (await approveBy(call, core, approvals, verdict, asked)),
  );
}

/** A question about a task of the gateway's own. Never rejects. */
async function performOnTask(
  call: Call,
  core: Core,
  dispatch: Dispatch,
  approvals: Approvals,
  task: OwnTask,
): Promise<void> {
  try {
    const answer = await answerTask(call, core, approvals, task);
    if ('forward' in answer) perform(answer.forward, core, dispatch);
    else refuse(call, core, answer.ending);
  } catch (thrown) {
    refuse(call, core, { kind: 'error', error: toPortcullisError(thrown) });
  }
}

function finish(call: Call, core: Core, dispatch: Dispatch, ending: Ending | undefined): void {
  if (ending === undefined) perform(call, core, dispatch);
  else refuse(call, core, ending);
}
