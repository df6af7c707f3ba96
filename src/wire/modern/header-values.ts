/** How a header carries a value of the body (MCP 2026-07-28, Streamable HTTP, value encoding). */
import { isUtf8 } from 'node:buffer';

const PREFIX = '=?base64?';
const SUFFIX = '?=';
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** What a header says; undefined when it is marked as Base64 and is not Base64 of UTF-8. */
export function decodeHeaderValue(value: string): string | undefined {
  const isEncoded =
    value.length >= PREFIX.length + SUFFIX.length && value.startsWith(PREFIX) && value.endsWith(SUFFIX);
  if (!isEncoded) return value;
  const payload = value.slice(PREFIX.length, -SUFFIX.length);
  const bytes = Buffer.from(payload, 'base64');
  const isBase64 = withoutPadding(bytes.toString('base64')) === withoutPadding(payload);
  return isBase64 && isUtf8(bytes) ? bytes.toString() : undefined;
}

/** Values that are not plain visible ASCII, or that look encoded already, travel as `=?base64?…?=`. */
export function encodeHeaderValue(value: string): string {
  return PLAIN.test(value) && !value.startsWith(PREFIX)
    ? value
    : `${PREFIX}${Buffer.from(value).toString('base64')}${SUFFIX}`;
}

function withoutPadding(base64: string): string {
  return base64.endsWith('==') ? base64.slice(0, -2) : base64.endsWith('=') ? base64.slice(0, -1) : base64;
}
