/**
 * What went wrong, as the semantic conventions name it. A denial is the gateway doing its work, and no error; a server that
 * fails is one, and so is a tool that says so.
 */
import type { Attributes } from '@opentelemetry/api';
import type { Call, DecisionPart } from '../gateway/index.ts';

/** Errors by their form, denials by what they mean: the policy does not let the method through. */
const DENIALS = new Set(['PC_METHOD_DENIED']);

/** `error.type` and what belongs to it; undefined when nothing went wrong. */
export function callError(call: Call, { outcome, rule }: DecisionPart): Attributes | undefined {
  if (outcome === 'deny' || outcome === 'needs_approval' || DENIALS.has(rule)) return undefined;
  // A client that went away has no code, and nothing failed.
  return rule === '' ? answerError(call) : { 'error.type': rule };
}

/** The same of the exchange with the server alone. */
export function upstreamError(call: Call): Attributes | undefined {
  const failed = call.outcome?.error;
  return failed === undefined ? answerError(call) : { 'error.type': failed.code };
}

function answerError({ outcome }: Call): Attributes | undefined {
  if (outcome?.errorCode !== undefined) {
    const code = String(outcome.errorCode);
    return { 'error.type': code, 'rpc.response.status_code': code };
  }
  return outcome?.isError === true ? { 'error.type': 'tool_error' } : undefined;
}
