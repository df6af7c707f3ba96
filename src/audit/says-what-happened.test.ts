import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, ExactNumber, type JsonObject } from '../json.ts';
import { argumentsText, createArgumentDigest } from './argument-digests.ts';
import { LineBuffer } from './line-buffer.ts';
import { indexOf, isIntact, NO_HASH, openLine, readLine, rowOf, type OpenedLine } from './line.ts';
import { mergeEntries } from './record.ts';
import { entryOf } from './samples.ts';
import type { EntryIndex } from './types.ts';

const DIGEST = createArgumentDigest(Buffer.alloc(32, 7));
const AT = Date.UTC(2026, 0, 1);

const buffer = new LineBuffer();
function closed(opened: OpenedLine, seq: number): { readonly line: string; readonly hash: string } {
  const { piece, start, end, hash } = buffer.add(opened, 'node-1', seq, NO_HASH);
  return { line: piece.toString('utf8', start, end), hash };
}

function rowFor(
  kind: EntryIndex['kind'],
  seq: number,
  change: Partial<EntryIndex> = {},
  more: object = {},
): ReturnType<typeof rowOf> {
  const { index, body } = entryOf(kind, 'call', change);
  const { line } = closed(openLine(index, { ...body, ...more }), seq);
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
        const { line, hash } = closed(openLine(index, body), seq);
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
    const { line } = closed(openLine(index, { id: 'call', at: AT }), 1);
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

describe('a buffer of lines', () => {
  it('keeps what was written when it grows, and gives what was written since it began', () => {
    const lines = new LineBuffer();
    const written = [];
    for (const [seq, size] of [10, 100_000, 10, 400_000, 10].entries()) {
      if (seq === 1) lines.begin();
      written.push(
        lines.add(['{"kind":"event","text":"', `${'é'.repeat(size)}"`], 'node-1', seq + 1, NO_HASH),
      );
    }
    const texts = written.map(({ piece, start, end }) => piece.toString('utf8', start, end));
    for (const text of texts) expect(isIntact(text, readLine(text)!)).toBe(true);
    expect(lines.lines().toString()).toBe(`${texts.slice(1).join('\n')}\n`);
  });
});

describe('argument digests', () => {
  const textOf = (args: JsonObject): string => argumentsText(args, DIGEST);
  const argumentDigests = (args: JsonObject): Record<string, string> =>
    (JSON.parse(`{${textOf(args)}}`) as { argumentDigests: Record<string, string> }).argumentDigests;

  it('are one per top-level argument, the same for the same value, and keyed', () => {
    const digests = argumentDigests({ a: 'x', b: 'x', c: { p: 1, q: [true] } });
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
    expect(Object.keys(argumentDigests(odd))).toEqual(['__proto__']);
  });

  it('are the same for a value and for its text, whatever its length', () => {
    for (const length of [1, 127, 128, 1_000, 1_365, 1_366, 100_000])
      for (const value of ['a'.repeat(length), 'é'.repeat(length)]) {
        const text = Buffer.from(canonicalJson(value));
        expect(DIGEST(value, text)).toBe(DIGEST(value));
        const hmac = createHmac('sha256', Buffer.alloc(32, 7)).update(text).digest('base64url');
        expect(DIGEST(value)).toBe(hmac.slice(0, 22));
      }
  });

  it('come with the names in order, however many and however odd', () => {
    for (const count of [0, 1, 5, 32, 33, 100]) {
      const args = Object.fromEntries(Array.from({ length: count }, (_, i) => [`"${(i * 37) % 101}é`, i]));
      const { argumentKeys } = JSON.parse(`{${textOf(args)}}`) as { argumentKeys: string[] };
      expect(argumentKeys).toEqual(Object.keys(args).toSorted());
    }
  });

  it('stop at 32 arguments', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a${i}`, i]));
    expect(Object.keys(argumentDigests(many))).toHaveLength(32);
  });
});
