/** JSON numbers as values, or as `ExactNumber` where a double would say something else. */
import { ExactNumber } from '../../json.ts';

const SIGNIFICANT = 17;

/** @param text a number by the grammar of RFC 8259 section 6 */
export function readNumber(text: string): number | ExactNumber {
  const value = Number(text);
  if (text.length <= 15 && !text.includes('e') && !text.includes('E')) return value;
  return isFaithful(text, value) ? value : new ExactNumber(text);
}

function isFaithful(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const [mantissa = ''] = text.split(/[eE]/);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  if (value === 0) return digits === '';
  if (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  return digits.replace(/0+$/, '').length <= SIGNIFICANT;
}
