/** How long a value is: code points of a string, elements of an array, members of an object. */
import { ExactNumber, type Json } from '../../json.ts';

/** Undefined for values that have no length. */
export function lengthOf(value: Json): number | undefined {
  if (typeof value === 'string') return codePoints(value);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return undefined;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const pair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (!pair) continue;
    count -= 1;
    at += 1;
  }
  return count;
}
