/** JSON numbers as values, or as `ExactNumber` where a double would say something else. */
import { ExactNumber } from '../../json.ts';

const SIGNIFICANT = 17;
/** So short a spelling without an exponent is always faithful: at most 15 digits, and far from underflow. */
const SHORT = 15;

/** Takes time linear in the length of `text`, however it is spelled. @param text a number by the grammar of RFC 8259 section 6 */
export function readNumber(text: string): number | ExactNumber {
  const value = Number(text);
  if (text.length <= SHORT && !text.includes('e') && !text.includes('E')) return value;
  return isFaithful(text, value) ? value : new ExactNumber(text);
}

function isFaithful(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  const digits = significantDigits(text);
  return value === 0 ? digits === 0 : digits <= SIGNIFICANT;
}

/** From the first digit that is not zero to the last one. */
function significantDigits(text: string): number {
  let counted = 0;
  let upToLast = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code | 0x20) === 0x65) break;
    if (code < 0x30 || (code === 0x30 && counted === 0)) continue;
    counted += 1;
    if (code !== 0x30) upToLast = counted;
  }
  return upToLast;
}
