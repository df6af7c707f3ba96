/** Equality of JSON values, without coercion. What a double cannot hold is equal to nothing and different from nothing. */
import { ExactNumber, type Json, type JsonObject } from '../json.ts';

/** Undefined: it cannot be judged. */
export function equalJson(a: Json, b: Json): boolean | undefined {
  if (a instanceof ExactNumber || b instanceof ExactNumber)
    return typeof a === typeof b || isNumber(a) === isNumber(b) ? undefined : false;
  if (typeof a === 'number' && typeof b === 'number') return isSafe(a) && isSafe(b) ? a === b : undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return all(a.length, (index) => equalJson(a[index] as Json, b[index] as Json));
  }
  const left = a as JsonObject;
  const right = b as JsonObject;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length || !names.every((name) => Object.hasOwn(right, name)))
    return false;
  return all(names.length, (index) => equalJson(left[names[index]!]!, right[names[index]!]!));
}

/** False as soon as one is false; else undefined as soon as one is. */
function all(count: number, judge: (index: number) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (let index = 0; index < count; index += 1) {
    const one = judge(index);
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}

/** Equal to one of them; undefined when none is and one cannot be judged. */
export function equalsAny(value: Json, candidates: readonly Json[]): boolean | undefined {
  let result: boolean | undefined = false;
  for (const candidate of candidates) {
    const one = equalJson(value, candidate);
    if (one === true) return true;
    if (one === undefined) result = undefined;
  }
  return result;
}

export function isSafe(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Whether a number that a double cannot hold stands anywhere in a value. */
export function holdsExact(value: Json): boolean {
  if (value instanceof ExactNumber) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item) => holdsExact(item as Json));
}
