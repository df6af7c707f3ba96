/** Redaction inside a message: the texts of JSON strings are replaced in place, so the shape that clients validate against stays. */
import { visitStrings, type ByteSpan } from '../wire/index.ts';
import { unreadable } from './clear-members.ts';
import { redact } from './redact.ts';

/**
 * Every JSON string of the payload, member names excepted; everything between the strings stays as it is.
 * @param spared where the strings begin that stay as they are
 * @throws PC_UPSTREAM_PROTOCOL
 */
export function redactStrings(
  bytes: Buffer,
  payload: ByteSpan,
  kinds: readonly string[],
  spared?: ReadonlySet<number>,
): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  try {
    visitStrings(bytes, payload, ({ start, end, text, member }) => {
      if (spared?.has(start) === true) return;
      const clean = redact(text, kinds, member);
      if (clean === text) return;
      parts.push(bytes.subarray(copied, start), Buffer.from(JSON.stringify(clean)));
      copied = end;
    });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw unreadable('a result that is not JSON', cause);
    throw cause;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)]);
}
