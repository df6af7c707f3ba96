/** What a policy may be at most: larger ones are refused before anything looks at them. */

/** Bytes of text, UTF-8. */
export const MOST_BYTES = 1024 * 1024;
export const MOST_LEVELS = 64;
/** More digits than this and a double would stand for another number than the one written. */
const MOST_DIGITS = 17;

/** Why a number cannot stand in a policy, or undefined. `text` is its spelling, when there is one. */
export function numberTrouble(value: number, text = ''): string | undefined {
  if (!Number.isFinite(value)) return 'Expected a finite number.';
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return `Expected a number within ±${Number.MAX_SAFE_INTEGER}: larger ones cannot be compared exactly.`;
  const digits = text.replace(/[eE].*$/, '').replace(/[^0-9]/g, '').replace(/^0+/, '');
  if (digits.length > MOST_DIGITS) return `Expected at most ${MOST_DIGITS} digits: more cannot be compared exactly.`;
  return undefined;
}
