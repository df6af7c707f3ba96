/** Deep equality of JSON values: no coercion, member order aside. */
import type { Json, JsonObject } from '../../json.ts';
import { isInexact } from './judgeable.ts';

/** Undefined when a number that cannot be compared decides; a difference elsewhere decides first. */
export function jsonEqual(left: Json, right: Json): boolean | undefined {
  if (isInexact(left) || isInexact(right)) return undefined;
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return every(left.keys(), (index) => jsonEqual((left as readonly Json[])[index]!, (right as readonly Json[])[index]!));
  }
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return every(names, (name) => (Object.hasOwn(right, name) ? jsonEqual((left as JsonObject)[name]!, (right as JsonObject)[name]!) : false));
}

/** False as soon as one is false; else undefined if one cannot be judged. */
function every<T>(items: Iterable<T>, judge: (item: T) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (const item of items) {
    const judged = judge(item);
    if (judged === false) return false;
    if (judged === undefined) result = undefined;
  }
  return result;
}
