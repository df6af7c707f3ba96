/**
 * A verdict that depends on counters of all nodes. Evaluation is pure, and asks for the counters once: it is done with a look that
 * only notes the question, and done again with the answer. Where nothing is asked, nothing waits.
 */
import type { LimitOwner, SharedCounters } from '../limits/index.ts';
import type { LimitPeek, Reservation, Verdict } from '../policy/index.ts';

/** @throws PC_COUNTERS_UNAVAILABLE unless every limit that is asked about lets calls through then */
export function lookTogether(
  together: SharedCounters,
  owner: LimitOwner,
  evaluate: (peek: LimitPeek) => Verdict,
): Verdict | Promise<Verdict> {
  let asked: readonly Reservation[] = [];
  const verdict = evaluate((reservations) => {
    asked = reservations;
    return undefined;
  });
  return asked.length === 0 ? verdict : lookAgain(together, owner, asked, evaluate);
}

async function lookAgain(
  together: SharedCounters,
  owner: LimitOwner,
  asked: readonly Reservation[],
  evaluate: (peek: LimitPeek) => Verdict,
): Promise<Verdict> {
  const refusal = await together.peek(owner, asked).catch((error: unknown) => {
    if (asked.every((reservation) => reservation.failOpen)) return undefined;
    throw error;
  });
  return evaluate(() => refusal);
}
