import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cpuTime } from '../../../tests/kit/cpu-time.ts';
import type { JsonObject } from '../../json.ts';
import { ExactNumber } from '../../json.ts';
import { SIGNALS } from '../types.ts';
import { classify, SEVERITIES } from './classify.ts';

const MIB = 2 ** 20;
/** Far more than it takes, far less than anything that grows with the square of the input would. */
const MOST_MILLISECONDS = 500;

const json = fc.jsonValue() as fc.Arbitrary<JsonObject[string]>;
const definitions: fc.Arbitrary<JsonObject> = fc.record(
  {
    name: fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), json),
    title: json,
    description: fc.oneof(fc.lorem({ mode: 'sentences' }), fc.string({ unit: 'grapheme' }), json),
    inputSchema: fc.oneof(
      fc.record({
        properties: fc.dictionary(fc.string(), fc.record({ type: json, enum: json, items: json })),
      }),
      json,
    ),
    annotations: json,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

it('says the same of the same definition, without touching it', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const before = JSON.stringify(definition);
      const first = classify(definition);
      expect(classify(structuredClone(definition))).toEqual(first);
      expect(JSON.stringify(definition)).toBe(before);
    }),
  );
});

it('keeps its own contract for whatever it is given', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const said = classify(definition);
      expect(said.classes.at(-1)).toBe(said.class);
      expect(said.severity).toBe(SEVERITIES[said.class]);
      expect(said.confidence).toBeGreaterThanOrEqual(0);
      expect(said.confidence).toBeLessThan(1);
      for (const signal of said.signals) expect(SIGNALS).toContain(signal);
      for (const { place, weight } of said.evidence) {
        expect(place).toMatch(/^(?:name|title|description|server|inputSchema\.|annotations\.)/);
        expect(weight).toBeGreaterThan(0);
      }
    }),
  );
});

it.each([
  ['one word', 'a'.repeat(MIB)],
  ['a verb again and again', 'delete '.repeat(MIB / 7)],
  ['the beginning of a phrase again and again', 'cannot be '.repeat(MIB / 10)],
  ['open quotes', '"'.repeat(MIB)],
  ['back ticks far apart', '` '.repeat(MIB / 2)],
  ['nothing but ends of sentences', '. '.repeat(MIB / 2)],
  ['capitals before small letters', 'A'.repeat(MIB / 2) + 'a'.repeat(MIB / 2)],
  ['accents', 'é'.repeat(MIB / 2)],
  ['a script without spaces', '删除'.repeat(MIB / 6)],
])('%s of 1 MiB takes no time', (_, text) => {
  const properties = {
    [text]: { type: 'string', description: text, enum: [text] },
    action: { description: text },
  };
  const tool = { name: text, title: text, description: text, inputSchema: { properties } };
  expect(cpuTime(() => classify(tool))).toBeLessThan(MOST_MILLISECONDS);
});

it('a schema of great width and depth takes no time', () => {
  let deep: JsonObject = { type: 'string' };
  for (let index = 0; index < 5000; index += 1)
    deep = { properties: { a: deep }, anyOf: [deep, deep], items: deep };
  const wide = {
    properties: Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`p${index}`, deep])),
  };
  expect(cpuTime(() => classify({ name: 'x', inputSchema: wide }))).toBeLessThan(MOST_MILLISECONDS);
});

it('bears numbers that no double holds', () => {
  const definition = {
    name: 'get_x',
    inputSchema: { properties: { n: { maximum: new ExactNumber('1e999') } } },
  };
  expect(classify(definition).class).toBe('Read');
});
