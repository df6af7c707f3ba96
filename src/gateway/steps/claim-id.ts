/** Two requests with one id in one session cannot both be answered; the second is refused (JSON-RPC 2.0 section 4). */
import { PortcullisError } from '../../errors.ts';
import type { Call, JudgeStep } from '../call.ts';

export const claimId: JudgeStep = (call) => {
  const {
    message,
    caller: { session },
  } = call;
  if (session === undefined || message.kind !== 'request') return undefined;
  const { value, text } = message.id;
  if (session.inFlight.has(value))
    return { kind: 'error', error: new PortcullisError('PC_ID_IN_FLIGHT', { id: text }) };
  session.inFlight.add(value);
  call.claimed = true;
  return undefined;
};

/** The request has ended, or waits where it claims its id anew. One that never had the id frees it for nobody. */
export function freeId(call: Call): void {
  const { message, caller } = call;
  if (!call.claimed || message.kind !== 'request') return;
  call.claimed = false;
  caller.session?.inFlight.delete(message.id.value);
}
