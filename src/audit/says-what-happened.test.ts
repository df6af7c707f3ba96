import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber } from '../json.ts';
import { argumentDigests, createArgumentDigest } from './argument-digests.ts';
import { closeLine, indexOf, isIntact, NO_HASH, openLine, readLine, rowOf } from './line.ts';
import { mergeEntries } from './record.ts';
import { entryOf } from './samples.ts';
import type { EntryIndex } from './types.ts';

const DIGEST = createArgumentDigest(Buffer.alloc(32, 7));
const AT = Date.UTC(2026, 0, 1);

function rowFor(
  kind: EntryIndex['kind'],
  seq: number,
  change: Partial<EntryIndex> = {},
  more: object = {},
): ReturnType<typeof rowOf> {
  const { index, body } = entryOf(kind, 'call', change);
  const { line } = closeLine(openLine(index, { ...body, ...more }), 'node-1', seq, NO_HASH);
  return rowOf(index, 'node-1', seq, line);
}

describe('a line', () => {
  const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
  const index = fc.record({
    kind: fc.constantFrom<EntryIndex['kind']>('intent', 'decision', 'event'),
    id: fc.string(),
    at: fc.nat(),
    organization: fc.string(),
    server: text,
    grant: text,
    tool: text,
    method: text,
    outcome: text,
    rule: text,
    counters: fc.option(
      fc.array(fc.record({ key: fc.string(), bucket: fc.nat(), amount: fc.integer(), expires: fc.nat() }), {
        minLength: 1,
      }),
      { nil: undefined },
    ),
  });
  const member = fc.option(fc.oneof(fc.string(), fc.nat(), fc.constant(null)), { nil: undefined });
  const body = fc.record({
    id: member,
    at: member,
    organization: member,
    server: fc.option(fc.record({ id: fc.string() }), { nil: undefined }),
    grant: fc.constantFrom(null, { id: 'g' }),
    tool: member,
    text: fc.jsonValue(),
  });

  it('gives its index and its position back, whatever the body says', () => {
    fc.assert(
      fc.property(index, body, fc.integer({ min: 1, max: 2 ** 50 }), (index, body, seq) => {
        const { line, hash } = closeLine(openLine(index, body), 'node-1', seq, NO_HASH);
        const facts = readLine(line);
        expect(line).not.toContain('\n');
        expect(facts).toEqual({ kind: index.kind, chain: 'node-1', seq, prev: NO_HASH, hash });
        if (facts !== undefined) expect(isIntact(line, facts)).toBe(true);
        expect(indexOf(index.kind, line)).toEqual(index);
        expect(JSON.parse(line)).toMatchObject({ kind: index.kind, chain: { id: 'node-1', seq } });
      }),
    );
  });
});

describe('the record of a call', () => {
  it('is its intent and its decision in one', () => {
    const record = mergeEntries([
      rowFor('intent', 1, {}, { dispatched: false }),
      rowFor('decision', 2, { at: AT + 50, outcome: 'error' }, { dispatched: true, overheadMs: 0.2 }),
    ]);
    expect(record).toMatchObject({
      id: 'call',
      at: AT,
      outcome: 'error',
      dispatched: true,
      overheadMs: 0.2,
      tool: 'send',
      chain: { id: 'node-1', seq: 2 },
    });
    expect(Object.keys(record)).not.toEqual(expect.arrayContaining(['kind']));
    expect(record).not.toHaveProperty('index');
  });

  it('of a call in flight is allowed, and does not claim to know whether it was sent', () => {
    const { index } = entryOf('intent', 'call');
    const { line } = closeLine(openLine(index, { id: 'call', at: AT }), 'node-1', 1, NO_HASH);
    expect(mergeEntries([rowOf(index, 'node-1', 1, line)])).toMatchObject({
      outcome: 'allow',
      dispatched: 'unknown',
      chain: { seq: 1 },
    });
  });

  it('does not exist without an intent or a decision', () => {
    expect(() => mergeEntries([rowFor('event', 1)])).toThrow(
      expect.objectContaining({ code: 'PC_API_NOT_FOUND' }),
    );
  });
});

describe('argument digests', () => {
  it('are one per top-level argument, the same for the same value, and keyed', () => {
    const digests = argumentDigests({ a: 'x', b: 'x', c: { p: 1, q: [true] } }, DIGEST);
    expect(Object.keys(digests)).toEqual(['a', 'b', 'c']);
    expect(digests['a']).toMatch(/^[\w-]{22}$/);
    expect(digests['a']).toBe(digests['b']);
    expect(digests['c']).toBe(DIGEST({ q: [true], p: 1 }));
    expect(createArgumentDigest(Buffer.alloc(32, 8))('x')).not.toBe(digests['a']);
  });

  it('tell numbers by their exact text, and keep odd names', () => {
    const exact = (text: string): string => DIGEST(new ExactNumber(text));
    expect(exact('9007199254740993')).not.toBe(exact('9007199254740992'));
    const odd = JSON.parse('{"__proto__": 1}') as { readonly [name: string]: number };
    expect(Object.keys(argumentDigests(odd, DIGEST))).toEqual(['__proto__']);
  });

  it('stop at 32 arguments', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a${i}`, i]));
    expect(Object.keys(argumentDigests(many, DIGEST))).toHaveLength(32);
  });
});
