/** Reading members of parsed messages. */
import type { PortcullisError } from '../errors.ts';
import { ExactNumber, type Json, type JsonObject } from '../json.ts';
import { foldCase } from './json/fold-case.ts';

/** A member that a lax reader would take for one of ours must be spelled like it. */
export function refuseVariants(
  object: JsonObject,
  names: readonly string[],
  refusal: (detail: string) => PortcullisError,
): void {
  for (const name of Object.keys(object)) {
    if (names.includes(name)) continue;
    const folded = foldCase(name);
    const meant = names.find((known) => foldCase(known) === folded);
    if (meant !== undefined)
      throw refusal(`${JSON.stringify(name.slice(0, 100))} must be spelled "${meant}"`);
  }
}

export function objectOf(value: Json | undefined): JsonObject | undefined {
  const is =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
  return is ? (value as JsonObject) : undefined;
}
