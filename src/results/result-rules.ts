/**
 * The `results` member of a rule, applied to a tool's answer: it is redacted, and over its size it becomes an error that says
 * so. What cannot be read in one way only does not pass.
 */
import type { ResultRules } from '../policy/index.ts';
import { resultMessage, type ByteSpan, type Era, type RequestId } from '../wire/index.ts';
import { clearMembers, unreadable } from './clear-members.ts';
import { redactStrings } from './redact-strings.ts';

/** The same buffer when nothing had to change. @throws PC_UPSTREAM_PROTOCOL */
export function applyResultRules(bytes: Buffer, rules: ResultRules, era: Era, id: RequestId): Buffer {
  const clean = rules.redact.length === 0 ? bytes : redactStrings(bytes, payloadOf(bytes), rules.redact);
  if (rules.maxBytes === undefined) return clean;
  const { start, end } = payloadOf(clean);
  const size = end - start;
  if (size <= rules.maxBytes) return clean;
  const text = `[RESULT WITHHELD] The result has ${size} bytes; the policy lets at most ${rules.maxBytes} pass. The tool did run. Ask for less.`;
  const result = { content: [{ type: 'text', text }], isError: true };
  return resultMessage(id, era === 'modern' ? { resultType: 'complete', ...result } : result);
}

/** What the server had to say: its result, or its error, whose message may hold as much. */
function payloadOf(bytes: Buffer): ByteSpan {
  const { members } = clearMembers(bytes, 0, ['result', 'error']);
  const payload = members.get('result') ?? members.get('error');
  if (payload === undefined || members.size !== 1) throw unreadable('an answer without one result or error');
  return payload;
}
