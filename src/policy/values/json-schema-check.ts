/**
 * JSON Schema 2020-12 as a check. Patterns run in linear time, nothing is fetched, size and depth are capped, and keywords
 * that this checker would pass over in silence are refused.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import type { Json } from '../../json.ts';

const MOST_CHARACTERS = 64 * 1024;
const MOST_LEVELS = 32;
const MOST_UNIQUE_ITEMS = 1000;
const REFERENCES = ['$ref', '$dynamicRef'];

export type SchemaCheck = (value: Json) => boolean;

/** @returns the check, or what is wrong with the schema */
export function compileSchema(schema: Json): { readonly check: SchemaCheck } | { readonly trouble: string } {
  const trouble = JSON.stringify(schema).length > MOST_CHARACTERS ? `Expected a schema of at most ${MOST_CHARACTERS} characters.` : troubleIn(schema, 1);
  if (trouble !== undefined) return { trouble };
  try {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      strictTuples: false,
      ownProperties: true,
      logger: false,
      code: { regExp: Object.assign(linear, { code: 'linear' }) },
    });
    const validate = ajv.compile(schema as object | boolean);
    return { check: (value) => validate(value) === true };
  } catch (error) {
    return { trouble: `Expected a JSON Schema (2020-12): ${(error as Error).message}.` };
  }
}

function troubleIn(node: Json, level: number): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (level > MOST_LEVELS) return `Expected a schema of at most ${MOST_LEVELS} levels.`;
  const members = Object.entries(node as Readonly<Record<string, Json>>);
  const own = Array.isArray(node) ? {} : Object.fromEntries(members);
  for (const name of REFERENCES) {
    const target = own[name];
    if (typeof target === 'string' && !target.startsWith('#')) return `Expected references within the schema only, got ${JSON.stringify(target)}.`;
  }
  if (typeof own.$id === 'string') return 'Expected a schema without $id.';
  if (own.$async !== undefined) return 'Expected a schema without $async.';
  if (own.uniqueItems === true && !(typeof own.maxItems === 'number' && own.maxItems <= MOST_UNIQUE_ITEMS)) {
    return `Expected maxItems of at most ${MOST_UNIQUE_ITEMS} beside uniqueItems, whose cost grows with the square of the items.`;
  }
  for (const [, member] of members) {
    const found = troubleIn(member, level + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** RE2 in place of the platform's engine. @throws for look-around and back-references */
function linear(pattern: string): { test(text: string): boolean } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return { test: (text) => compiled.test(text) };
}
