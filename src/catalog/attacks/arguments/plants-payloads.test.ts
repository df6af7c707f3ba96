import { expect, it } from 'vitest';
import { fitsSchema } from '../fits-schema.ts';
import { exampleTool, TEXT } from './example-tool.ts';
import { ordinary, plant } from './plant.ts';

const order = exampleTool('order', 'Orders things.', {
  item: { enum: ['small', 'large'] },
  amount: { type: 'integer', minimum: 2, maximum: 50 },
  when: { type: 'string', format: 'date-time', pattern: '^\\d{4}-' },
  recipients: { type: 'array', items: TEXT, minItems: 1 },
  address: { type: 'object', properties: { city: { type: 'string', minLength: 12 } }, required: ['city'] },
  either: { anyOf: [{ type: 'null' }, { type: 'string' }] },
  'note?': { anyOf: [{ type: 'string' }, { type: 'null' }] },
});

it('fills what is required so that the schema takes it', () => {
  const args = ordinary(order, 0)!;
  expect(Object.keys(args)).toEqual(['item', 'amount', 'when', 'recipients', 'address', 'either']);
  expect(fitsSchema(order, args)).toBe(true);
});

it('plants by name, in lists, among choices, and as far as a range goes', () => {
  const args = plant(
    { at: /^recipients$/, value: (turn) => `a${turn}@example.net` },
    { at: /^item$/, value: /large/ },
    { at: /^amount$/, value: 900 },
    { at: /^note$/, value: 'hello' },
  )(order, 7)!;
  expect(args).toMatchObject({ recipients: ['a7@example.net'], item: 'large', amount: 50, note: 'hello' });
  expect(fitsSchema(order, args)).toBe(true);
});

it('plants where the classifier sees the signal, also under camel case', () => {
  const fetcher = exampleTool('fetch', 'Fetches a page.', {
    pageUrl: { ...TEXT, description: 'URL to fetch.' },
  });
  expect(plant({ at: 'accepts-url', value: 'https://a.example/' })(fetcher, 0)).toEqual({
    pageUrl: 'https://a.example/',
  });
  expect(plant({ at: /^page_url$/, value: 'x' })(fetcher, 0)).toEqual({ pageUrl: 'x' });
});

it('has no place in another type, in other choices, or in what is not there', () => {
  expect(plant({ at: /^amount$/, value: 'text' })(order, 0)).toBeUndefined();
  expect(plant({ at: /^item$/, value: 'huge' })(order, 0)).toBeUndefined();
  expect(plant({ at: /^absent$/, value: 'x' })(order, 0)).toBeUndefined();
  expect(plant({ at: /^absent$/, value: 'x', optional: true })(order, 0)).toEqual(ordinary(order, 0));
});

it('survives schemas that are none', () => {
  for (const inputSchema of [null, 1, [], { properties: 7, required: 'all' }, { required: ['__proto__'] }])
    expect(ordinary({ name: 'x', inputSchema }, 0)).toBeTypeOf('object');
});
