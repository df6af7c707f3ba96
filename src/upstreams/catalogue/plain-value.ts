/** JSON values as a schema validator expects them: ordinary objects, ordinary numbers. */
import { ExactNumber, type Json, type JsonObject } from '../../json.ts';

/**
 * A deep copy on ordinary prototypes. A number that a double cannot hold becomes the nearest double, or an infinity,
 * which no schema accepts. Member names such as `__proto__` stay ordinary members.
 */
export function plainValue(value: Json): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(plainValue);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value as JsonObject)) {
    if (key === '__proto__')
      Object.defineProperty(copy, key, {
        value: plainValue(member),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    else copy[key] = plainValue(member);
  }
  return copy;
}

/** How deep objects and arrays nest; a scalar is 0. */
export function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return 0;
  return (
    1 + Object.values(value).reduce((deepest: number, member: Json) => Math.max(deepest, depthOf(member)), 0)
  );
}
