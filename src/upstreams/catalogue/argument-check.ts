/**
 * Checks a call's arguments by the tool's own input schema. The schema comes from the upstream and is not trusted: its
 * size and depth are capped, its patterns run in linear time, nothing is ever fetched, and one schema cannot change how
 * another is read. What cannot be compiled says why; what cannot be checked counts as wrong.
 */
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../../json.ts';
import { allowReferences, countingReferences, withinBounds } from '../../schema-bounds.ts';
import { describeError } from './describe-error.ts';
import { allowPatterns, linearPattern } from './linear-pattern.ts';
import { depthOf, plainValue } from './plain-value.ts';

const MOST_BYTES = 256 * 1024;
const MOST_LEVELS = 32;
/** A validator keeps what it compiled for ever, so it is replaced now and then. */
const COMPILED_BY_ONE = 200;

export type ArgumentCheck = (args: JsonObject) => string | undefined;
export type CompiledCheck = { readonly check: ArgumentCheck } | { readonly trouble: string };

type Dialect = 'draft-07' | '2019-09' | '2020-12';

const OPTIONS: Options = {
  strict: false,
  validateSchema: false,
  validateFormats: false,
  addUsedSchema: false,
  inlineRefs: false,
  ownProperties: true,
  coerceTypes: false,
  useDefaults: false,
  removeAdditional: false,
  allErrors: false,
  logger: false,
  code: { regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
};

const MAKERS: Readonly<Record<Dialect, () => Ajv>> = {
  'draft-07': () => withinBounds(new Ajv(OPTIONS)),
  '2019-09': () => withinBounds(new Ajv2019(OPTIONS)),
  '2020-12': () => withinBounds(new Ajv2020(OPTIONS)),
};
const shared = new Map<Dialect, { readonly ajv: Ajv; compiled: number }>();

/** @param schema `inputSchema` of a tool definition: an object by the protocol, anything by a hostile server */
export function compileArgumentCheck(schema: Json): CompiledCheck {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return { trouble: 'the input schema is not an object' };
  if (depthOf(schema) > MOST_LEVELS)
    return { trouble: `the input schema nests deeper than ${MOST_LEVELS} levels` };
  if ('$async' in schema) return { trouble: 'the input schema is asynchronous' };
  const plain = plainValue(schema) as Record<string, unknown>;
  const text = JSON.stringify(plain);
  if (Buffer.byteLength(text) > MOST_BYTES)
    return { trouble: `the input schema is larger than ${MOST_BYTES} bytes` };
  try {
    const named = Object.keys(membersOf(plain.properties));
    const counted = countingReferences(plain) as Record<string, unknown>;
    return { check: checking(compile(counted, text.includes('"$id"')), new Set(named)) };
  } catch (error) {
    return {
      trouble: `the input schema cannot be compiled: ${String((error as Error).message).slice(0, 200)}`,
    };
  }
}

/** A schema that names itself gets a validator of its own, so that its names mean nothing elsewhere. */
function compile(schema: Record<string, unknown>, alone: boolean): ValidateFunction {
  const named = dialectOf(schema.$schema);
  const { $schema: _, ...rest } = schema;
  try {
    return compileAs(named ?? '2020-12', rest, alone);
  } catch (error) {
    // Older servers write draft-07 without saying so.
    if (named !== undefined) throw error;
    return compileAs('draft-07', rest, alone);
  }
}

function compileAs(dialect: Dialect, schema: Record<string, unknown>, alone: boolean): ValidateFunction {
  allowPatterns();
  if (alone) return MAKERS[dialect]().compile(schema);
  let one = shared.get(dialect);
  if (one === undefined || one.compiled >= COMPILED_BY_ONE) {
    one = { ajv: MAKERS[dialect](), compiled: 0 };
    shared.set(dialect, one);
  }
  one.compiled += 1;
  try {
    return one.ajv.compile(schema);
  } finally {
    one.ajv.removeSchema(schema);
  }
}

function checking(validate: ValidateFunction, named: ReadonlySet<string>): ArgumentCheck {
  return (args) => {
    try {
      const plain = plainValue(args);
      allowReferences();
      if (validate(plain) === true) return undefined;
      const error = validate.errors?.[0];
      allowReferences();
      if (validate(withoutNulls(plain, named)) === true) return undefined;
      return error === undefined ? 'the arguments do not fit the input schema' : describeError(error);
    } catch {
      return 'the arguments cannot be checked against the input schema';
    }
  };
}

/** MCP takes a parameter that is null for one that was not given (2026-07-28, Streamable HTTP, custom headers), and clients do. */
function withoutNulls(args: unknown, named: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(membersOf(args)).filter(([name, value]) => value !== null || !named.has(name)),
  );
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Undefined when the schema names no dialect that is known here. */
function dialectOf(named: unknown): Dialect | undefined {
  if (typeof named !== 'string') return undefined;
  if (/\/draft-0[467]\//.test(named)) return 'draft-07';
  return named.includes('/2019-09/') ? '2019-09' : named.includes('/2020-12/') ? '2020-12' : undefined;
}
