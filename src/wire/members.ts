/** Reading members of parsed messages. */
import type { PortcullisError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { foldCase, isPlainLower } from '../fold-case.ts';

/** Names by what they fold to. */
export type NameTable = ReadonlyMap<string, string>;

export function nameTable(names: readonly string[]): NameTable {
  return new Map(names.map((name) => [foldCase(name), name]));
}

/** The name that a lax reader would take this one for, though it is spelled otherwise. */
export function variantOf(name: string, table: NameTable): string | undefined {
  const meant = table.get(isPlainLower(name) ? name : foldCase(name));
  return meant === name ? undefined : meant;
}

/** A member that a lax reader would take for one of ours must be spelled like it. */
export function refuseVariants(
  object: JsonObject,
  table: NameTable,
  refusal: (detail: string) => PortcullisError,
): void {
  for (const name of Object.keys(object)) {
    const meant = variantOf(name, table);
    if (meant !== undefined)
      throw refusal(`${JSON.stringify(name.slice(0, 100))} must be spelled "${meant}"`);
  }
}
