/**
 * `uniqueItems` of JSON Schema in one pass. Ajv compares each element with each, which for a list that fits into one message takes
 * minutes in which nothing else is served.
 */
import type { Ajv, FuncKeywordDefinition } from 'ajv';
import { canonicalJson, type Json } from './json.ts';

const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  validate: (wanted: boolean, values: readonly Json[]) =>
    !wanted || new Set(values.map(canonicalJson)).size === values.length,
  error: { message: 'must NOT have duplicate items' },
};

/** The same validator. */
export function findingDuplicatesInOnePass<Validator extends Ajv>(ajv: Validator): Validator {
  ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
  return ajv;
}
