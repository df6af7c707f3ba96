import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type SseEvent,
  classifyLine,
  comment,
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

/** With the data as text. */
const readable = (events: readonly SseEvent[]): object[] =>
  events.map(({ data, ...event }) => ({ ...event, data: data?.toString() }));

describe('event streams', () => {
  it('are read alike however they are cut, and come out byte for byte', () => {
    const whole = new SseParser().push(STREAM);
    expect(
      whole.map(({ type, data, id, retry, comment }) => [type, data?.toString(), id, retry, comment]),
    ).toEqual([
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
          const [event] = readable(new SseParser().push(encodeEvent({ data, id })));
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

describe('event streams with odd line ends', () => {
  const event = fc.tuple(
    fc.constantFrom('\n', '\r', '\r\n'),
    fc.array(fc.constantFrom('data: x', 'data', ': note', 'id: 7', 'event: e', 'data: é'), { maxLength: 3 }),
  );
  it('are read alike however they are cut, and lose no byte', () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.nat(300), { maxLength: 30 }), (events, cuts) => {
        const stream = Buffer.from(events.map(([end, lines]) => [...lines, '', ''].join(end)).join(''));
        const read = (parts: readonly Buffer[]): readonly unknown[] => {
          const parser = new SseParser();
          const found = [...parts.flatMap((part) => parser.push(part)), ...parser.end()];
          expect(Buffer.concat([...found.map(({ raw }) => raw), parser.tail])).toEqual(stream);
          return found;
        };
        expect(read(pieces(stream, cuts))).toEqual(read([stream]));
      }),
      { numRuns: 1000 },
    );
  });

  it('give an event out when a CR alone ends it, without waiting for more', () => {
    const parser = new SseParser();
    expect(readable(parser.push(Buffer.from('data: a\r\r')))).toMatchObject([{ data: 'a' }]);
    expect(readable(parser.push(Buffer.from('data: b\r\r')))).toMatchObject([{ data: 'b' }]);
    expect(parser.tail).toHaveLength(0);
  });

  it('give the last event out when the stream ends inside its line end, and keep what was cut off', () => {
    const parser = new SseParser();
    expect(parser.push(Buffer.from('data: a\r\n\r'))).toEqual([]);
    expect(readable(parser.end())).toMatchObject([{ data: 'a' }]);
    expect(parser.end()).toEqual([]);
    const cut = new SseParser();
    expect([...cut.push(Buffer.from('data: a\n')), ...cut.end()]).toEqual([]);
    expect(cut.tail.toString()).toBe('data: a\n');
  });

  it('are bounded in one piece too, exactly', () => {
    const bytes = Buffer.from(`data: ${'x'.repeat(92)}\n\n`);
    expect(new SseParser(100).push(bytes)).toHaveLength(1);
    expect(() => new SseParser(99).push(bytes)).toThrow(
      expect.objectContaining({ code: 'PC_UPSTREAM_PROTOCOL' }),
    );
  });

  it.each([
    ['id: a\0b\ndata: x\n\n', { id: undefined, data: 'x' }],
    ['retry: 12x\ndata: x\n\n', { retry: undefined }],
    ['retry: 12\n\n', { retry: 12, data: undefined, comment: false }],
    ['data\ndata:\ndata:  two\n\n', { data: '\n\n two' }],
    ['event:\ndata:x\n\n', { type: 'message' }],
    ['event: endpoint\ndata: /m?s=1\n\n', { type: 'endpoint', data: '/m?s=1' }],
    ['unknown: x\ndata: y\n\n', { data: 'y' }],
  ])('%j', (text, expected) => {
    expect(readable(new SseParser().push(Buffer.from(text)))).toMatchObject([expected]);
  });

  it.each(['event: a\0\ndata: x\n\n', `retry: ${'9'.repeat(30)}\ndata: x\n\n`])(
    'read the same when they are written anew: %j',
    (text) => {
      const facts = ({ type, data, id, retry }: SseEvent) => ({ type, data, id, retry });
      const [event] = new SseParser().push(Buffer.from(text));
      const [again] = new SseParser().push(encodeEvent({ ...event!, data: event!.data! }));
      expect(facts(again!)).toEqual(facts(event!));
    },
  );

  it.each(['a\ndata: forged', 'a\r', 'a\0'])('cannot be forged by a type or an id: %j', (value) => {
    expect(() => encodeEvent({ id: value, data: '' })).toThrow(RangeError);
    if (value !== 'a\0') expect(() => encodeEvent({ type: value, data: '' })).toThrow(RangeError);
    const read = new SseParser().push(comment(value));
    expect(read.map(({ data }) => data)).toEqual([undefined]);
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
        expect(dropped).toEqual([37]);
        expect(reader.end().map(String)).toEqual(['rest']);
        expect(reader.end()).toEqual([]);
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
    ['{"jsonrpc":"2.0","id":null,"error":{"code":-32700}}', { kind: 'response', errorCode: -32700 }],
    ['{"jsonrpc":"2.0","id":1,"error":{"code":"x"}}', { kind: 'response', errorCode: 0 }],
    ['{"jsonrpc":"2.0","id":1,"error":"x"}', { kind: 'response', errorCode: 0 }],
    ['{"jsonrpc":"2.0","id":{},"result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":null,"method":"x"}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"method":"x","result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"result":nope}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":01,"result":{}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"result":{"a":{]}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"result":{"a":[}}}', { kind: 'invalid' }],
    ['{"jsonrpc":"2.0","id":1,"result":{}} x', { kind: 'invalid' }],
    ['[{"id":1,"result":{}}]', { kind: 'invalid' }],
    ['{"id":1,"result":{}', { kind: 'invalid' }],
    ['not json', { kind: 'invalid' }],
    ['', { kind: 'invalid' }],
  ])('%s', (text, expected) => {
    expect(readAnswer(Buffer.from(text))).toMatchObject(expected);
  });

  it('are read as JSON.parse reads them, whatever they carry', () => {
    const result = fc.record({ isError: fc.boolean(), resultType: fc.string(), x: fc.jsonValue() });
    const id = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(id, result, fc.constantFrom(0, 2), (value, body, indent) => {
        const text = JSON.stringify({ result: body, jsonrpc: '2.0', id: value }, null, indent);
        expect(readAnswer(Buffer.from(text))).toEqual({
          kind: 'response',
          id: { value, text: JSON.stringify(value) },
          isError: body.isError,
          resultType: body.resultType,
        });
      }),
      { numRuns: 1000 },
    );
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
