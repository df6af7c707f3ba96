/** Takes every counter of the call, or none. A call that cannot be counted is not made. */
import { PortcullisError } from '../../errors.ts';
import { limitMessage, type LimitRefusal, type Verdict } from '../../policy/index.ts';
import type { Hold, SharedCounters } from '../../limits/index.ts';
import type { Call, CountingStep, Ending } from '../call.ts';
import type { Core } from '../core.ts';

export const reserve: CountingStep = (call, core) => {
  const { verdict } = call;
  if (verdict === undefined || verdict.reservations.length === 0) return undefined;
  if (core.together !== undefined) return reserveTogether(call, core, core.together, verdict);
  let held: Hold | LimitRefusal;
  try {
    held = core.counters.reserve(call.owner, verdict.reservations, call.at);
  } catch (cause) {
    return uncounted(verdict, cause);
  }
  return reserved(call, core, verdict, held);
};

async function reserveTogether(
  call: Call,
  core: Core,
  together: SharedCounters,
  verdict: Verdict,
): Promise<Ending | undefined> {
  let held: Hold | LimitRefusal;
  try {
    held = await together.reserve(call.owner, verdict.reservations);
  } catch (cause) {
    return uncounted(verdict, cause);
  }
  return reserved(call, core, verdict, held);
}

function reserved(call: Call, core: Core, verdict: Verdict, held: Hold | LimitRefusal): Ending | undefined {
  if ('commit' in held) {
    call.hold = held;
    core.limitWatch?.(call);
    return undefined;
  }
  call.verdict = refusedBy(held, verdict);
  return { kind: 'verdict', verdict: call.verdict };
}

/** What becomes of a call when its counters cannot be reached. */
function uncounted(verdict: Verdict, cause: unknown): Ending | undefined {
  if (verdict.reservations.every((reservation) => reservation.failOpen)) return undefined;
  return { kind: 'error', error: new PortcullisError('PC_COUNTERS_UNAVAILABLE', {}, { cause }) };
}

function refusedBy(refusal: LimitRefusal, verdict: Verdict): Verdict {
  return {
    outcome: 'deny',
    rule: refusal.reservation.rule,
    message: limitMessage(refusal),
    reservations: [],
    trace: verdict.trace,
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
  };
}
