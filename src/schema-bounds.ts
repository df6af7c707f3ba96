/**
 * What keeps a JSON Schema from holding up the process: Ajv takes a time that grows with the square of a list for `uniqueItems`, and
 * exponentially with the depth of a value where a schema refers to itself more than once. Either fits into one message.
 */
import type { Ajv, FuncKeywordDefinition } from 'ajv';
import { canonicalJson, type Json } from './json.ts';

/** Of one check; a second, about. */
const MOST_REFERENCES = 50_000;
const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];
/** Members that hold schemas by name, and members that hold values. */
const BY_NAME = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
]);
const VALUES = new Set(['const', 'enum', 'default', 'examples']);
const COUNTED = 'portcullisCounted';

let referencesLeft = 0;

const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  validate: (wanted: boolean, values: readonly Json[]) =>
    !wanted || new Set(values.map(canonicalJson)).size === values.length,
  error: { message: 'must NOT have duplicate items' },
};

const COUNT: FuncKeywordDefinition = {
  keyword: COUNTED,
  schemaType: 'boolean',
  validate: () => {
    referencesLeft -= 1;
    if (referencesLeft < 0) throw new Error(`the schema refers to itself more than ${MOST_REFERENCES} times`);
    return true;
  },
};

/** The same validator, for schemas out of `countingReferences`. */
export function withinBounds<Validator extends Ajv>(ajv: Validator): Validator {
  ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS).addKeyword(COUNT);
  return ajv;
}

/** Before each check of a value, which throws when it follows too many references. */
export function allowReferences(): void {
  referencesLeft = MOST_REFERENCES;
}

/** The same schema, counted wherever it refers to another. What stood at a place that a pointer can name stays there. */
export function countingReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(countingReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).map(([name, value]): [string, unknown] => [
    name,
    VALUES.has(name) ? value : BY_NAME.has(name) ? eachCounting(value) : countingReferences(value),
  ]);
  const references = members.filter(
    ([name, value]) => REFERENCES.includes(name) && typeof value === 'string',
  );
  if (references.length === 0) return Object.fromEntries(members);
  const rest = Object.fromEntries(members.filter((member) => !references.includes(member)));
  const all = Array.isArray(rest['allOf']) ? (rest['allOf'] as unknown[]) : [];
  return { ...rest, allOf: [...all, { [COUNTED]: true }, Object.fromEntries(references)] };
}

function eachCounting(schemas: unknown): unknown {
  if (typeof schemas !== 'object' || schemas === null || Array.isArray(schemas))
    return countingReferences(schemas);
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, countingReferences(schema)]),
  );
}
