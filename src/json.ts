/** JSON as the gateway judges it. Beside `errors.ts` this is the floor that every other folder stands on. */

export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A JSON number that a double cannot hold (an integer beyond ±(2^53−1), over 17 significant digits, overflow): present, but not judgeable. */
export class ExactNumber {
  /** As spelled in the message. */
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One text for one value: members sorted by UTF-16 code units (as in RFC 8785), no spaces, numbers that doubles cannot hold as spelled. */
export function canonicalJson(value: Json): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const object = value as JsonObject;
  const members = Object.keys(object)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`);
  return `{${members.join(',')}}`;
}

/**
 * The value of a text that is, but for spaces around it, exactly what JSON.stringify writes for it (with two spaces or none): then no name stands twice in it and
 * no number is one that a double cannot hold. Undefined for every other text, good or bad: a reader that says more has to read it.
 */
export function plainlyWritten(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const written = text.trim();
    const isPlain = written === JSON.stringify(value) || written === JSON.stringify(value, null, 2);
    return isPlain ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** What JSON calls an object, also where its members are not known yet: no array, and no number that a double cannot hold. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** The value where it is an object. */
export function objectOf(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? (value as JsonObject) : undefined;
}

/** The value where it is an object; one without members where it is not. */
export function asObject(value: Json | undefined): JsonObject {
  return objectOf(value) ?? {};
}

/** The members that are given: all but those that are undefined. */
export function withoutUndefined<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>;
  };
}
