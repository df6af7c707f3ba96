/** Takes every counter of the call, or none. A call that cannot be counted is not made. */
import { PortcullisError } from '../../errors.ts';
import { limitMessage, type LimitRefusal, type Verdict } from '../../policy/index.ts';
import type { Hold } from '../../limits/index.ts';
import type { JudgeStep } from '../call.ts';

export const reserve: JudgeStep = (call, core) => {
  const { verdict } = call;
  if (verdict === undefined || verdict.reservations.length === 0) return undefined;
  let held: Hold | LimitRefusal;
  try {
    held = core.counters.reserve(call.owner, verdict.reservations, call.at);
  } catch (cause) {
    if (verdict.reservations.every((reservation) => reservation.failOpen)) return undefined;
    return { kind: 'error', error: new PortcullisError('PC_COUNTERS_UNAVAILABLE', {}, { cause }) };
  }
  if ('commit' in held) {
    call.hold = held;
    core.limitWatch?.(call);
    return undefined;
  }
  call.verdict = refusedBy(held, verdict);
  return { kind: 'verdict', verdict: call.verdict };
};

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
