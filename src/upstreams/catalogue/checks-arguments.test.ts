import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../tests/kit/cpu-time.ts';
import { ExactNumber, type Json, type JsonObject } from '../../json.ts';
import { compileArgumentCheck } from './argument-check.ts';

function check(schema: Json, args: JsonObject): string | undefined {
  const compiled = compileArgumentCheck(schema);
  if ('trouble' in compiled) throw new Error(compiled.trouble);
  return compiled.check(args);
}

function trouble(schema: Json): string | undefined {
  const compiled = compileArgumentCheck(schema);
  return 'trouble' in compiled ? compiled.trouble : undefined;
}

const DRAFT7 = 'http://json-schema.org/draft-07/schema#';

describe('a check of arguments', () => {
  it.each<[string, Json, JsonObject, string]>([
    ['a missing argument', { type: 'object', required: ['path'] }, {}, 'args.path is required'],
    ['a wrong type', { properties: { n: { type: 'integer' } } }, { n: '1' }, 'args.n must be integer'],
    [
      'an unknown argument',
      { properties: {}, additionalProperties: false },
      { 'odd key': 1 },
      'args["odd key"] is not an argument of this tool',
    ],
    [
      'a value off the list',
      { properties: { s: { enum: ['a', 'b'] } } },
      { s: 'c' },
      'args.s must be one of ["a","b"]',
    ],
    [
      'a place deep inside',
      { properties: { l: { items: { properties: { p: { maximum: 5 } } } } } },
      { l: [{ p: 1 }, { p: 9 }] },
      'args.l[1].p must be <= 5',
    ],
    ['a pattern', { properties: { s: { pattern: '^a+$' } } }, { s: 'b' }, 'args.s must match pattern'],
  ])('names %s', (_, schema, args, text) => {
    expect(check(schema, args)).toContain(text);
  });

  it('takes null for an argument that was not given, where one need not be', () => {
    const schema = {
      type: 'object',
      properties: { path: { type: 'string' }, deep: { properties: { n: { type: 'integer' } } } },
      required: ['path'],
      additionalProperties: false,
    };
    expect(check(schema, { path: 'a', deep: null })).toBeUndefined();
    expect(check(schema, { path: null })).toBe('args.path must be string');
    expect(check(schema, { path: 'a', deep: { n: null } })).toBe('args.deep.n must be integer');
    expect(check(schema, { path: 'a', other: null })).toContain('args.other is not an argument');
    expect(check(schema, { path: 1, deep: null })).toBe('args.path must be string');
  });

  it('coerces nothing, fills in nothing and repeats no value', () => {
    const schema = { properties: { n: { type: 'number', default: 5 }, secret: { maxLength: 1 } } };
    const args: JsonObject = { secret: 'hunter2' };
    expect(check(schema, args)).not.toContain('hunter2');
    expect(args).toEqual({ secret: 'hunter2' });
  });

  it('reads draft-07 where it is named, or where 2020-12 cannot be meant', () => {
    const tuple = {
      properties: {
        t: { type: 'array', items: [{ type: 'string' }, { type: 'number' }], additionalItems: false },
      },
    };
    for (const schema of [{ $schema: DRAFT7, ...tuple }, tuple]) {
      expect(check(schema, { t: ['a', 1] })).toBeUndefined();
      expect(check(schema, { t: [1, 'a'] })).toContain('args.t[0] must be string');
    }
    expect(check({ properties: { t: { prefixItems: [{ type: 'string' }] } } }, { t: [1] })).toContain(
      'args.t[0]',
    );
  });

  it('takes numbers beyond doubles for numbers', () => {
    const schema = {
      properties: { n: { type: 'integer', maximum: new ExactNumber('9223372036854775807') } },
    };
    expect(check(schema, { n: new ExactNumber('9007199254740993') })).toBeUndefined();
    expect(check(schema, { n: new ExactNumber('1e400') })).toContain('args.n');
  });

  it('sees own members only, whatever they are called', () => {
    expect(check({ required: ['toString'] }, {})).toContain('required');
    const hostile = JSON.parse('{"o":{"__proto__":1,"valueOf":"x","constructor":2}}') as JsonObject;
    expect(check({ properties: { o: { enum: [{ a: 1 }] } } }, hostile)).toContain('args');
    expect(check({ properties: { o: { properties: {}, additionalProperties: false } } }, hostile)).toContain(
      'args.o',
    );
  });

  it('uses each pattern where it stands', () => {
    const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
    expect(check(schema, { a: 'a', b: 'b' })).toBeUndefined();
    expect(check(schema, { a: 'a', b: 'a' })).toContain('args.b');
  });

  it('follows references only so often', () => {
    const again = { allOf: [{ properties: { x: { $ref: '#/$defs/r' } } }, { not: {} }] };
    const hostile = {
      properties: { x: { $ref: '#/$defs/r' } },
      $defs: { r: { anyOf: [again, again, { maxProperties: 0 }] } },
    };
    const deep = (levels: number): JsonObject => (levels === 0 ? {} : { x: deep(levels - 1) });
    const used = cpuTime(() =>
      expect(check(hostile, deep(40))).toBe('the arguments cannot be checked against the input schema'),
    );
    expect(used).toBeLessThan(5000);
    expect(check(hostile, deep(4))).toContain('args.x');
    const tree = {
      properties: { t: { $ref: '#/$defs/node' } },
      $defs: {
        node: {
          type: 'object',
          properties: {
            v: { type: 'number' },
            $ref: { const: { $ref: 'x' } },
            of: { type: 'array', items: { $ref: '#/$defs/node' } },
          },
          allOf: [{ required: ['v'] }],
          $ref: '#/$defs/more',
        },
        more: { properties: { w: { $ref: '#/$defs/node/allOf/0' } } },
      },
    };
    const of = Array.from({ length: 5000 }, () => ({ v: 1, of: [{ v: 2 }] }));
    expect(check(tree, { t: { v: 1, of, w: { v: 1 }, $ref: { $ref: 'x' } } })).toBeUndefined();
    expect(check(tree, { t: { v: 1, of: [...of, { v: 'x' }] } })).toBe('args.t.of[5000].v must be number');
    expect(check(tree, { t: { v: 1, w: {} } })).toBe('args.t.w.v is required');
    expect(check(tree, { t: { v: 1, $ref: 'x' } })).toContain('args.t.$ref must be');
  });

  it('finds equal elements in one pass', () => {
    const schema = { properties: { a: { type: 'array', uniqueItems: true } } };
    const a = Array.from({ length: 40_000 }, (_, index) => ({ x: { y: index, z: 'é' } }));
    const again = [...a, { x: { z: 'é', y: 7 } }];
    const used = cpuTime(() => {
      expect(check(schema, { a })).toBeUndefined();
      expect(check(schema, { a: again })).toBe('args.a must NOT have duplicate items');
    });
    expect(used).toBeLessThan(3000);
    expect(check(schema, { a: [1, '1', null, [1], 1.0] })).toBe('args.a must NOT have duplicate items');
    expect(check(schema, { a: [1, '1', null, [1], {}] })).toBeUndefined();
    expect(check({ properties: { a: { uniqueItems: false } } }, { a: [1, 1] })).toBeUndefined();
  });

  it('runs patterns in linear time', () => {
    const hard = { properties: { s: { pattern: '^(a+)+$' } } };
    expect(cpuTime(() => check(hard, { s: `${'a'.repeat(50_000)}!` }))).toBeLessThan(1000);
    expect(
      check({ properties: { s: { pattern: '^(?:a{1,900}b?)+$' } } }, { s: 'a'.repeat(100_000) }),
    ).toContain('cannot be checked');
  });
});

describe('a schema that cannot be used says why', () => {
  const patterns = (start: string): JsonObject =>
    Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${start}${index}`, { type: 'string' }]));
  let deep: JsonObject = {};
  for (let level = 0; level < 40; level += 1) deep = { not: deep };

  it.each<[string, Json, RegExp]>([
    ['no object', 'x', /not an object/],
    ['too deep', deep, /deeper than 32/],
    ['too large', { description: 'x'.repeat(300_000) }, /larger than/],
    ['remote', { $ref: 'https://evil.example/schema.json' }, /cannot be compiled/],
    ['look-ahead', { properties: { s: { pattern: '(?=a)b' } } }, /cannot be compiled/],
    ['many patterns', { patternProperties: patterns('a') }, /more than 200 patterns/],
    ['a huge pattern', { pattern: '(a{1,500}b{1,400}){1,1}(c{1,500}d{1,400}){1,1}(e{1,900}f)' }, /too large/],
    ['one that would take half a minute', { pattern: '(?:x{1000}y{1000})'.repeat(5000) }, /too large/],
    ['many large patterns', { patternProperties: patterns('a{1,200}') }, /patterns are too large/],
    ['nonsense', { type: 'strin' }, /cannot be compiled/],
    ['asynchronous', { $async: true }, /asynchronous/],
  ])('%s', (_, schema, why) => {
    expect(trouble(schema)).toMatch(why);
  });
});

it('keeps schemas of different servers apart even when they share a name', () => {
  expect(check({ $id: 'https://x.example/s', required: ['a'] }, { b: 1 })).toContain('args.a');
  expect(check({ $id: 'https://x.example/s', required: ['b'] }, { b: 1 })).toBeUndefined();
  expect(trouble({ $ref: 'https://x.example/s' })).toMatch(/cannot be compiled/);
  expect(
    check({ $defs: { a: { type: 'string' } }, properties: { x: { $ref: '#/$defs/a' } } }, { x: 1 }),
  ).toContain('args.x must be string');
});
