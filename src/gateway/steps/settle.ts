/** Gives back or keeps what a call reserved, by what is known of its end (policy language, section 5). */
import type { Taken } from '../../limits/index.ts';
import type { Call, Outcome } from '../call.ts';

const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;

/** Returns what went back into its windows. */
export function settle(call: Call, outcome: Outcome): readonly Taken[] {
  const { hold } = call;
  if (hold === undefined) return [];
  if (outcome.ran === 'no' || outcome.errorCode === INVALID_PARAMS || outcome.errorCode === METHOD_NOT_FOUND)
    return hold.release();
  if (outcome.isError === true) {
    const refunded = hold.release((reservation) => reservation.refundOnError);
    hold.commit();
    return refunded;
  }
  hold.commit();
  return [];
}
