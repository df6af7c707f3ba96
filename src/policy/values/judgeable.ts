/** Which numbers can be compared: doubles stand for exactly one integer within ±(2^53−1) only. */
import { ExactNumber, type Json } from '../../json.ts';

export function isJudgeableNumber(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
}

/** A number that stands for more than one spelled number, or that a double cannot hold. */
export function isInexact(value: Json): boolean {
  return typeof value === 'number' ? !isJudgeableNumber(value) : value instanceof ExactNumber;
}

/** Whether such a number stands anywhere within the value. */
export function holdsInexact(value: Json): boolean {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return isInexact(value);
  return (Array.isArray(value) ? (value as readonly Json[]) : Object.values(value)).some(holdsInexact);
}
