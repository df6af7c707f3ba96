/**
 * The one chokepoint: every message that can reach an upstream runs this list, in this order, whatever door it came
 * through. `judge` decides without waiting; `perform` records, sends and answers. There is no second way to send.
 */
import { toPortcullisError } from '../errors.ts';
import { answerEnding, answerError } from './steps/answer.ts';
import { bindState } from './steps/bind-state.ts';
import { claimId } from './steps/claim-id.ts';
import { decide } from './steps/decide.ts';
import { needsIntent, recordIntent } from './steps/record-intent.ts';
import { recordEnding, recordOutcome } from './steps/record-outcome.ts';
import { refuseBlindly } from './steps/refuse-blindly.ts';
import { reserve } from './steps/reserve.ts';
import type { Call, Ending, JudgeStep } from './call.ts';
import type { Core } from './core.ts';

const JUDGE: readonly JudgeStep[] = [refuseBlindly, bindState, decide, claimId, reserve];

/** Sends a judged call; set by the gateway, which alone owns upstream sessions. */
export type Dispatch = (call: Call) => void;

/** Undefined: the call may be performed, and what it needs is reserved. Never throws: what goes wrong is an Ending. */
export function judge(call: Call, core: Core): Ending | undefined {
  try {
    for (const step of JUDGE) {
      const ending = step(call, core);
      if (ending !== undefined) return ending;
    }
    return undefined;
  } catch (thrown) {
    core.logger.error(
      { call: call.id, error: String(thrown), cause: String((thrown as Error).cause ?? '') },
      'a call could not be judged',
    );
    return { kind: 'error', error: toPortcullisError(thrown) };
  }
}

/** Records the intent, then sends. The answer goes to the call's front by itself. */
export async function perform(call: Call, core: Core, dispatch: Dispatch): Promise<void> {
  if (needsIntent(call)) {
    const ending = await recordIntent(call, core);
    if (ending !== undefined) return refuse(call, core, ending);
  }
  call.dispatchedAt = core.clock.elapsed();
  try {
    dispatch(call);
  } catch (thrown) {
    const error = toPortcullisError(thrown);
    call.outcome = {
      status: undefined,
      kind: 'none',
      isError: undefined,
      errorCode: undefined,
      bytes: 0,
      error,
      ran: 'no',
      durationMs: 0,
    };
    if (call.message.kind === 'request') call.caller.session?.inFlight.delete(call.message.id.value);
    recordOutcome(call, core);
    answerError(call, error);
  }
}

/** Records why a call goes no further, then says so. Without a record there is no answer but that. */
export async function refuse(call: Call, core: Core, ending: Ending): Promise<void> {
  const { message, caller } = call;
  const taken = ending.kind === 'error' && ending.error.code === 'PC_ID_IN_FLIGHT';
  if (message.kind === 'request' && !taken) caller.session?.inFlight.delete(message.id.value);
  try {
    await recordEnding(call, core, ending);
    answerEnding(call, ending);
  } catch (thrown) {
    answerEnding(call, { kind: 'error', error: toPortcullisError(thrown) });
  }
}

/** The whole list for one message. */
export async function run(call: Call, core: Core, dispatch: Dispatch): Promise<void> {
  const ending = judge(call, core);
  await (ending === undefined ? perform(call, core, dispatch) : refuse(call, core, ending));
}
