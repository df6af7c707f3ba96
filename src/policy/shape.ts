/**
 * Shapes: one description of the document from which come the check with all its problems and the published JSON Schema. A shape
 * collects problems instead of throwing, so that an author sees everything at once.
 */
import { isObject } from '../json.ts';
import type { Problem } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';

export type Schema = Readonly<Record<string, unknown>>;

export interface Shape {
  readonly schema: Schema;
  check(value: unknown, pointer: string, problems: Problem[]): void;
}

/** A step deeper in a JSON Pointer (RFC 6901). */
export function into(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function named(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function expected(what: string, value: unknown, pointer: string): Problem {
  return {
    pointer,
    message: value === undefined ? `missing: expected ${what}` : `expected ${what}, not ${named(value)}`,
  };
}

/** A shape from a test. */
export function plain(what: string, schema: Schema, holds: (value: unknown) => boolean): Shape {
  return {
    schema: { ...schema, description: schema.description ?? what },
    check(value, pointer, problems) {
      if (!holds(value)) problems.push(expected(what, value, pointer));
    },
  };
}

export const text = (what = 'a non-empty string'): Shape =>
  plain(what, { type: 'string', minLength: 1 }, (value) => typeof value === 'string' && value.trim() !== '');
export const flag = plain('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean');
export const amount = plain(
  'a number from 0 to 2^53 − 1',
  { type: 'number', minimum: 0 },
  (value) => typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER,
);
export const anything: Shape = { schema: {}, check() {} };

export function oneOf(...values: readonly (string | boolean)[]): Shape {
  const what = values.map((value) => JSON.stringify(value)).join(' or ');
  return {
    schema: { enum: values },
    check(value, pointer, problems) {
      if (values.includes(value as string)) return;
      const meant =
        typeof value === 'string'
          ? didYouMean(
              value,
              values.filter((known) => typeof known === 'string'),
            )
          : undefined;
      const { message } = expected(what, value, pointer);
      problems.push({
        pointer,
        message: meant === undefined ? message : `${message}; did you mean "${meant}"?`,
      });
    },
  };
}

export function list(element: Shape, options: { min?: number } = {}): Shape {
  const { min = 0 } = options;
  return {
    schema: { type: 'array', items: element.schema, ...(min > 0 ? { minItems: min } : {}) },
    check(value, pointer, problems) {
      if (!Array.isArray(value)) return void problems.push(expected('an array', value, pointer));
      if (value.length < min) problems.push({ pointer, message: `expected at least ${min} element` });
      for (const [index, item] of value.entries()) element.check(item, into(pointer, index), problems);
    },
  };
}

export function mapOf(
  key: (name: string, pointer: string, problems: Problem[]) => void,
  value: Shape,
): Shape {
  return {
    schema: { type: 'object', additionalProperties: value.schema, propertyNames: { minLength: 1 } },
    check(given, pointer, problems) {
      if (!isObject(given)) return void problems.push(expected('an object', given, pointer));
      for (const [name, item] of Object.entries(given)) {
        key(name, into(pointer, name), problems);
        value.check(item, into(pointer, name), problems);
      }
    },
  };
}

export interface Member {
  readonly shape: Shape;
  readonly required?: boolean;
  readonly description: string;
}

/** An object with these members and no others: a typo must not remove a check. */
export function record(members: Readonly<Record<string, Member>>): Shape {
  const names = Object.keys(members);
  const required = names.filter((name) => members[name]!.required === true);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          { ...members[name]!.shape.schema, description: members[name]!.description },
        ]),
      ),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    },
    check(value, pointer, problems) {
      if (!isObject(value)) return void problems.push(expected('an object', value, pointer));
      for (const [name, item] of Object.entries(value)) {
        const member = Object.hasOwn(members, name) ? members[name] : undefined;
        if (member !== undefined) member.shape.check(item, into(pointer, name), problems);
        else problems.push({ pointer: into(pointer, name), message: unknownMember(name, names) });
      }
      for (const name of required) {
        if (!Object.hasOwn(value, name))
          problems.push({ pointer: into(pointer, name), message: `missing: ${members[name]!.description}` });
      }
    },
  };
}

function unknownMember(name: string, names: readonly string[]): string {
  const meant = didYouMean(name, names);
  const known = meant === undefined ? `known are ${names.join(', ')}` : `did you mean "${meant}"?`;
  return `unknown member ${JSON.stringify(name)}: ${known}`;
}

/** Picks a shape by looking at the value; the schema allows any of them. */
export function either(shapes: readonly Shape[], pick: (value: unknown) => Shape): Shape {
  return {
    schema: { anyOf: shapes.map(({ schema }) => schema) },
    check(value, pointer, problems) {
      pick(value).check(value, pointer, problems);
    },
  };
}
