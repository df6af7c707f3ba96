/** Sums of decimal amounts without the noise of binary fractions: 0.1 + 0.2 is 0.3, and taking 0.2 back leaves 0.1. */

const SCALE = 1e9;
const LARGEST_SCALED = Number.MAX_SAFE_INTEGER / SCALE;

/**
 * `a + b`, moved to the nearest multiple of 10⁻⁹ when that is closer than the rounding error of the addition itself.
 * Real differences, however small, are never rounded away.
 */
export function exactSum(a: number, b: number): number {
  const sum = a + b;
  if (Number.isInteger(sum) || Math.abs(sum) > LARGEST_SCALED) return sum;
  const snapped = Math.round(sum * SCALE) / SCALE;
  const noise = (Math.abs(a) + Math.abs(b)) * Number.EPSILON;
  return Math.abs(snapped - sum) <= noise ? snapped : sum;
}
