/**
 * The `results` member of a rule, applied to a tool's answer. Redaction replaces the texts of JSON strings in place, so the
 * shape that clients validate against stays; an answer over its size becomes an error that says so.
 */
import type { ResultRules } from '../policy/index.ts';
import { locate, resultMessage, type Era, type RequestId } from '../wire/index.ts';
import { redact } from './redact.ts';

/** The same buffer when nothing had to change. */
export function applyResultRules(bytes: Buffer, rules: ResultRules, era: Era, id: RequestId): Buffer {
  const clean = rules.redact.length === 0 ? bytes : redacted(bytes, rules.redact);
  const size = sizeOf(clean);
  if (rules.maxBytes === undefined || size <= rules.maxBytes) return clean;
  const text = `[RESULT WITHHELD] The result has ${size} bytes; the policy lets at most ${rules.maxBytes} pass. The tool did run. Ask for less.`;
  const result = { content: [{ type: 'text', text }], isError: true };
  return resultMessage(id, era === 'modern' ? { resultType: 'complete', ...result } : result);
}

function sizeOf(bytes: Buffer): number {
  const span = locate(bytes, ['result']);
  return span === undefined ? bytes.length : span.end - span.start;
}

/** Every JSON string inside `result`, member names excepted; everything between the strings stays as it is. */
function redacted(bytes: Buffer, kinds: readonly string[]): Buffer {
  const span = locate(bytes, ['result']);
  if (span === undefined) return bytes;
  const parts: Buffer[] = [];
  let copied = 0;
  let at = span.start;
  while (at < span.end) {
    const open = bytes.indexOf(0x22, at);
    if (open === -1 || open >= span.end) break;
    const end = stringEnd(bytes, open);
    if (!isMemberName(bytes, end)) {
      const text = JSON.parse(bytes.toString('utf8', open, end)) as string;
      const clean = redact(text, kinds);
      if (clean !== text) {
        parts.push(bytes.subarray(copied, open), Buffer.from(JSON.stringify(clean)));
        copied = end;
      }
    }
    at = end;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)]);
}

function stringEnd(bytes: Buffer, open: number): number {
  let end = open;
  for (;;) {
    end = bytes.indexOf(0x22, end + 1);
    let slashes = end - 1;
    while (bytes[slashes] === 0x5c) slashes -= 1;
    if ((end - 1 - slashes) % 2 === 0) return end + 1;
  }
}

function isMemberName(bytes: Buffer, after: number): boolean {
  let at = after;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return bytes[at] === 0x3a;
}
