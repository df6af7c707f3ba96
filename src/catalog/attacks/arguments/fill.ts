/** Values that satisfy a JSON Schema as it is usually written; whoever uses them checks by the real schema. */
import { RE2JS } from 're2js';
import { asObject, type Json, type JsonObject } from '../../../json.ts';
import { patternSize } from '../../../pattern-size.ts';

const MOST_LEVELS = 6;
const MOST_ITEMS = 20;
/** Steps; schemas are not trusted. */
const LARGEST_PATTERN = 2000;
/** What patterns in schemas usually want. */
const TEXTS = [
  'example',
  'a',
  '1',
  '12345678',
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '12:00',
  '5f0c7a52-6a4e-4f0b-9d5c-3a1b2c4d5e6f',
  'user@example.com',
  'https://example.com/',
  '/workspace/example',
  'example-id-1',
  'EXAMPLE',
  'USD',
  'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  '#aabbcc',
  'example/example',
  '192.0.2.1',
];
const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'user@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '5f0c7a52-6a4e-4f0b-9d5c-3a1b2c4d5e6f',
};

/** A value for one schema. */
export function fill(schema: Json | undefined, levels = MOST_LEVELS): Json {
  const shape = asObject(schema);
  if ('const' in shape) return shape.const!;
  if (Array.isArray(shape.enum) && shape.enum.length > 0) return shape.enum[0] as Json;
  if ('default' in shape && shape.default !== null) return shape.default!;
  if (Array.isArray(shape.examples) && shape.examples.length > 0) return shape.examples[0] as Json;
  const choice = [shape.anyOf, shape.oneOf, shape.allOf].find((one) => Array.isArray(one) && one.length > 0);
  if (choice !== undefined && levels > 0) return fill((choice as readonly Json[])[0], levels - 1);
  switch (typeOf(shape)) {
    case 'integer':
    case 'number':
      return numberFor(shape);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'array':
      return levels === 0
        ? []
        : Array.from({ length: Math.min(asNumber(shape.minItems, 0), MOST_ITEMS) }, () =>
            fill(shape.items, levels - 1),
          );
    case 'object':
      return levels === 0 ? {} : fillObject(shape, levels - 1);
    default:
      return textFor(shape);
  }
}

/** Every required member. */
export function fillObject(schema: JsonObject, levels = MOST_LEVELS): JsonObject {
  const properties = asObject(schema.properties);
  const required = Array.isArray(schema.required)
    ? schema.required.filter((one) => typeof one === 'string')
    : [];
  return Object.fromEntries(
    required.map((name) => [name, fill(Object.hasOwn(properties, name) ? properties[name] : {}, levels)]),
  );
}

/** The first of its types that is not null; text when it has none. */
export function typeOf(schema: JsonObject): string {
  const type = [schema.type].flat().find((one) => typeof one === 'string' && one !== 'null');
  if (typeof type === 'string') return type;
  if ('properties' in schema) return 'object';
  return 'items' in schema ? 'array' : 'string';
}

function numberFor({ minimum, exclusiveMinimum, maximum, multipleOf }: JsonObject): number {
  const least = Math.max(asNumber(minimum, 1), asNumber(exclusiveMinimum, 0) + 1);
  const step = asNumber(multipleOf, 0);
  const value = step > 0 ? Math.ceil(least / step) * step : least;
  return Math.min(value, asNumber(maximum, value));
}

function textFor({ format, pattern, minLength, maxLength }: JsonObject): string {
  const first = typeof format === 'string' ? FORMATS[format] : undefined;
  const texts = first === undefined ? TEXTS : [first, ...TEXTS];
  const least = Math.min(asNumber(minLength, 0), 10_000);
  const fits = texts.filter((one) => one.length <= asNumber(maxLength, Infinity));
  const chosen =
    (typeof pattern === 'string'
      ? fits.find(matches(pattern))
      : fits.find(({ length }) => length >= least)) ??
    fits[0] ??
    '';
  return chosen.padEnd(least, 'x');
}

function matches(pattern: string): (text: string) => boolean {
  if (patternSize(pattern) > LARGEST_PATTERN) return () => false;
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.test(text);
  } catch {
    return () => false;
  }
}

function asNumber(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
