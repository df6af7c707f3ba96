/** Denials teach: a tool result the model can read, never a status that starts a sign-in. */
import { ERRORS, type PortcullisError } from '../../errors.ts';
import { approvalRequired, toolDenial, toolFailure, unknownTool } from '../../results/index.ts';
import { errorMessage } from '../../wire/index.ts';
import type { Call, Ending } from '../call.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };
/** Outside the range that JSON-RPC and MCP reserve. */
const POLICY_DENIED = -31403;

export function answerEnding(call: Call, ending: Ending): void {
  if (ending.kind === 'error') return answerError(call, ending.error);
  const { message, front, era, target } = call;
  if (message.kind !== 'request') return front.reply(202, null);
  const { verdict } = ending;
  if (ending.answer !== undefined) return front.reply(200, ending.answer, JSON_HEADERS);
  if (target.kind === 'tool') {
    if (verdict.hidden === true) return front.reply(200, unknownTool(message.id, target.name), JSON_HEADERS);
    const details = {
      id: call.id,
      outcome: verdict.outcome,
      rule: verdict.rule,
      ...(verdict.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: verdict.retryAfterSeconds }),
    };
    const say = verdict.outcome === 'needs_approval' ? approvalRequired : toolDenial;
    const text =
      verdict.outcome === 'needs_approval'
        ? `${verdict.message} The call was not made: send it by itself, so that it can be put before a person.`
        : verdict.message;
    return front.reply(200, say(message.id, era, text, details), JSON_HEADERS);
  }
  const data = { rule: verdict.rule, id: call.id };
  front.reply(
    200,
    errorMessage(message.id, POLICY_DENIED, `[POLICY DENIED] ${verdict.message}`, data),
    JSON_HEADERS,
  );
}

/** A tool call that could not be carried out is told to the model; anything else is a JSON-RPC error for the client. */
export function answerError(call: Call, error: PortcullisError): void {
  const { message, front, target, era } = call;
  if (message.kind !== 'request')
    return front.reply(
      error.status < 400 ? 202 : error.status,
      errorMessage(null, error.rpcCode, error.message),
      JSON_HEADERS,
    );
  if (target.kind === 'tool' && ERRORS[error.code].fixer !== 'caller') {
    return front.reply(
      200,
      toolFailure(message.id, era, error.message, { id: call.id, code: error.code }),
      JSON_HEADERS,
    );
  }
  front.reply(
    error.status,
    errorMessage(message.id, error.rpcCode, error.message, { code: error.code, ...error.data }),
    JSON_HEADERS,
  );
}
