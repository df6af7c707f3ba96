/** matches_schema: JSON Schema 2020-12, with RE2 as its regular expressions and bounds on what a schema may be. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { patternSize } from '../../pattern-size.ts';
import { allowReferences, countingReferences, withinBounds } from '../../schema-bounds.ts';
import { holdsExact } from '../json-equality.ts';
import { plain } from '../shape.ts';
import type { Operator } from './operator.ts';

const MOST_CHARACTERS = 64 * 1024;

const linear = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    // Ajv tells patterns apart by their text; without it, one would stand for all.
    return { test: (text: string) => compiled.test(text), toString: () => `/${pattern}/u` };
  },
  { code: 're2' },
);

/** Every name and every text under `pattern`, wherever it stands: rather too many than too few. */
function patternSteps(schema: unknown): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  return Object.entries(schema).reduce((sum, [name, value]) => {
    if (name === 'pattern' && typeof value === 'string') return sum + patternSize(value);
    const names = name === 'patternProperties' && typeof value === 'object' ? Object.keys(value ?? {}) : [];
    return names.reduce((all, one) => all + patternSize(one), sum) + patternSteps(value);
  }, 0);
}

type Validate = (value: unknown) => boolean;

function compile(schema: object): Validate {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: true,
    logger: false,
    code: { regExp: linear as never },
  });
  return withinBounds(ajv).compile(countingReferences(schema) as object) as Validate;
}

export const matchesSchema: Operator = {
  name: 'matches_schema',
  negative: false,
  operand: plain(
    'a JSON Schema',
    { type: ['object', 'boolean'] },
    (value) =>
      (typeof value === 'object' && value !== null && !Array.isArray(value)) || typeof value === 'boolean',
  ),
  patternSteps,
  problem: (schema: object | boolean) => {
    const text = JSON.stringify(schema);
    if (text.length > MOST_CHARACTERS) return `is larger than ${MOST_CHARACTERS} characters`;
    if (/"\$(?:ref|dynamicRef)":"(?!#)/.test(text))
      return 'may refer to itself only ("#/…"), not to other documents';
    try {
      compile(typeof schema === 'boolean' ? {} : schema);
      return undefined;
    } catch (error) {
      return `is not a JSON Schema that can be used: ${(error as Error).message.slice(0, 200)}`;
    }
  },
  prepare: (schema: object | boolean) => {
    if (typeof schema === 'boolean') return () => schema;
    const validate = compile(schema);
    return (value) => {
      if (holdsExact(value)) return undefined;
      try {
        allowReferences();
        return validate(value);
      } catch {
        // A schema that refers to itself without end or too often, or a value too deep for it.
        return undefined;
      }
    };
  },
};
