import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifyLine,
  encodeEvent,
  LineReader,
  locate,
  locateElements,
  readAnswer,
  rewriteMember,
  SseParser,
} from './index.ts';

/** The same bytes in pieces of every size. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : at[index - 1], end));
};

const STREAM = Buffer.from(
  '\uFEFF: hello\n\nid: 1\ndata:\n\nevent: message\r\ndata: {"a":"é😀"}\r\nid: 2\r\n\r\nretry: 500\rdata: one\rdata: two\r\rdata:three\n\n: only a comment\n\n',
);

describe('event streams', () => {
  it('are read alike however they are cut, and come out byte for byte', () => {
    const whole = new SseParser().push(STREAM);
    expect(whole.map(({ type, data, id, retry, comment }) => [type, data, id, retry, comment])).toEqual([
      ['message', undefined, undefined, undefined, true],
      ['message', '', '1', undefined, false],
      ['message', '{"a":"é😀"}', '2', undefined, false],
      ['message', 'one\ntwo', undefined, 500, false],
      ['message', 'three', undefined, undefined, false],
      ['message', undefined, undefined, undefined, true],
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 20 }), (cuts) => {
        const parser = new SseParser();
        const events = pieces(STREAM, cuts).flatMap((piece) => parser.push(piece));
        expect(events).toEqual(whole);
        expect(Buffer.concat([...events.map(({ raw }) => raw), parser.tail])).toEqual(STREAM);
      }),
      { numRuns: 500 },
    );
  });

  it('come back from what was encoded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.stringMatching(/^[\x21-\x7e]{1,9}$/), { nil: undefined }),
        (data, id) => {
          const [event] = new SseParser().push(encodeEvent({ data, id }));
          expect(event).toMatchObject({ data: data.replace(/\r\n?/g, '\n'), id });
        },
      ),
    );
  });

  it('are bounded, and joining a large event is not quadratic', () => {
    expect(() => new SseParser(1000).push(Buffer.alloc(2000, 'x'))).toThrow(
      expect.objectContaining({ code: 'PC_UPSTREAM_PROTOCOL' }),
    );
    const parser = new SseParser();
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const started = process.cpuUsage();
    for (let index = 0; index < 512; index += 1) parser.push(chunk);
    expect(parser.push(Buffer.from('\n\n'))[0]!.raw).toHaveLength(512 * 64 * 1024 + 2);
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
  });
});

describe('lines', () => {
  it('are read alike however they are cut; overlong ones are dropped and told', () => {
    const bytes = Buffer.from(
      '{"a":1}\r\n\nnoise\n{"é":"😀"}\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n{"b":2}\nrest',
    );
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 10 }), (cuts) => {
        const dropped: number[] = [];
        const reader = new LineReader(30, (size) => dropped.push(size));
        const lines = pieces(bytes, cuts).flatMap((piece) => reader.push(piece).map(String));
        expect(lines).toEqual(['{"a":1}', 'noise', '{"é":"😀"}', '{"b":2}']);
        expect(dropped).toHaveLength(1);
      }),
    );
  });

  it.each([
    ['{"jsonrpc":"2.0","method":"x"}', 'message'],
    ['  {"jsonrpc":"2.0"}', 'message'],
    ['Server started', 'noise'],
    ['{"level":"info"}', 'noise'],
    ['', 'noise'],
  ])('%s is %s', (line, kind) => {
    expect(classifyLine(Buffer.from(line))).toBe(kind);
  });
});

describe('answers', () => {
  it.each([
    [
      '{"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[{"text":"\\"isError\\":false"}]}}',
      { kind: 'response', isError: true, id: { value: 1, text: '1' } },
    ],
    [
      '{"result":{"content":[{"isError":true}]},"id":"a","jsonrpc":"2.0"}',
      { kind: 'response', id: { value: 'a', text: '"a"' } },
    ],
    [
      '{ "jsonrpc" : "2.0" , "id" : 2 , "error" : { "message" : "x" , "code" : -32602 } }',
      { kind: 'response', errorCode: -32602 },
    ],
    [
      '{"jsonrpc":"2.0","id":3,"result":{"resultType":"input_required"}}',
      { kind: 'response', resultType: 'input_required' },
    ],
    [
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1}}',
      { kind: 'notification', progressToken: 't' },
    ],
    ['{"jsonrpc":"2.0","id":4,"method":"roots/list"}', { kind: 'request', method: 'roots/list' }],
    ['{"jsonrpc":"2.0","id":1,"result":{},"result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"id":2,"result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"r\\u0065sult":{},"result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"result":{},"error":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1}', { kind: 'invalid' }],
    ['[{"id":1,"result":{}}]', { kind: 'invalid' }],
    ['{"id":1,"result":{}', { kind: 'invalid' }],
    ['not json', { kind: 'invalid' }],
    ['', { kind: 'invalid' }],
  ])('%s', (text, expected) => {
    expect(readAnswer(Buffer.from(text))).toMatchObject(expected);
  });

  it('are never a reason to throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => typeof readAnswer(Buffer.from(bytes)).kind === 'string',
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => typeof readAnswer(Buffer.from(text)).kind === 'string'),
      { numRuns: 2000 },
    );
  });
});

describe('members', () => {
  it('are found by path and replaced without touching another byte', () => {
    const bytes = Buffer.from('{"ü":1, "a" : {"b":"x\\"y", "n": 9007199254740993 },"b":2}');
    expect(bytes.subarray(locate(bytes, ['a', 'b'])!.start, locate(bytes, ['a', 'b'])!.end).toString()).toBe(
      '"x\\"y"',
    );
    expect(rewriteMember(bytes, ['a', 'b'], '7').toString()).toBe(
      '{"ü":1, "a" : {"b":7, "n": 9007199254740993 },"b":2}',
    );
    expect(() => rewriteMember(bytes, ['a', 'c'], '7')).toThrow(RangeError);
    expect(locate(Buffer.from('{"a":1,"a":2}'), ['a'])).toBeUndefined();
    expect(locateElements(Buffer.from('{"a":[ 1 ,{"x":[2]},"]"]}'), ['a'])).toHaveLength(3);
    expect(locateElements(Buffer.from('{"a":{}}'), ['a'])).toBeUndefined();
  });
});
