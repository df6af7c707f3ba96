/** Readers of option values. What they refuse is a usage error. */
import { InvalidArgumentError } from 'commander';
import { parseStrict } from '../wire/index.ts';
import { isObject, type JsonObject } from '../json.ts';
import { ROLES, type Role } from '../registry/index.ts';

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** "Name: value" */
export function headersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const colon = text.indexOf(':');
      if (colon < 1) throw new InvalidArgumentError('--header wants "Name: value"');
      return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    }),
  );
}

/** "NAME=value", or "NAME" to take it over from this process. */
export function variablesOf(
  given: readonly string[],
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
      const value = own[text];
      if (value === undefined)
        throw new InvalidArgumentError(`--env ${text}: there is no such variable to pass on`);
      return [text, value];
    }),
  );
}

/** The value of the variable that an option names. @throws a usage error when the option or the variable is missing */
export function secretOf(
  flag: string,
  name: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  if (name === undefined) throw new InvalidArgumentError(`${flag} is missing`);
  const value = variables[name];
  if (value === undefined || value === '')
    throw new InvalidArgumentError(`${flag} ${name}: there is no such variable`);
  return value;
}

export function transportOf(text: string): 'http' | 'sse' {
  if (text === 'http' || text === 'sse') return text;
  throw new InvalidArgumentError('expected http or sse');
}

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * RFC 3339, or ms since the epoch; becomes ms. A date alone is its midnight in UTC; a time that names no zone is in
 * that of this machine, as is usual for commands.
 */
export function timeOf(text: string): number {
  if (/^\d{11,15}$/.test(text)) return Number(text);
  // JavaScript takes the 31st of February for the 3rd of March.
  const isDay = TIME.test(text) && new Date(text.slice(0, 10)).getUTCDate() === Number(text.slice(8, 10));
  const time = isDay ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('expected a time such as 2027-01-31T00:00:00Z');
  return time;
}

export function secondsOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected whole seconds');
}

export function countOf(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('expected a number above 0');
}

export function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`expected ${ROLES.join(', ')}`);
  return role;
}

export function argumentsOf(text: string): JsonObject {
  const value = parsed(text);
  if (isObject(value)) return value as JsonObject;
  throw new InvalidArgumentError('expected a JSON object');
}

function parsed(text: string): unknown {
  try {
    return parseStrict(Buffer.from(text), { caseSensitiveAt: [] }).value;
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
