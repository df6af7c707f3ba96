import type { CallTrace } from '../gateway/index.ts';

/** Who watches can never make a call fail: what goes wrong in `trace` is told to `failed`. */
export function neverThrowing(trace: CallTrace, failed: (error: unknown) => void): CallTrace {
  const guarded =
    <A, R>(work: (input: A) => R): ((input: A) => R | undefined) =>
    (input) => {
      try {
        return work(input);
      } catch (error) {
        failed(error);
        return undefined;
      }
    };
  const decided = guarded(([call, part]: Parameters<CallTrace['decided']>) => trace.decided(call, part));
  return {
    sending: guarded((call) => trace.sending(call)),
    decided: (call, part) => decided([call, part]),
    over: guarded((call) => trace.over(call)),
    turnedAway: guarded((refusal) => trace.turnedAway(refusal)),
  };
}
