import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber, type Json } from '../json.ts';
import { parseStrict, readMessage } from './index.ts';

interface Case {
  readonly name: string;
  readonly body: string | { hex: string } | { before: string; repeat: string; times: number; after: string };
  readonly headers?: object;
  readonly gzip?: string;
  readonly session?: string;
  readonly expect: { readonly status?: number; readonly code?: number };
}

const CORPUS = new URL('../../tests/bypass/corpus/', import.meta.url);
const bytesOf = (body: Case['body']): Buffer => {
  if (typeof body === 'string') return Buffer.from(body);
  return 'hex' in body
    ? Buffer.from(body.hex, 'hex')
    : Buffer.from(body.before + body.repeat.repeat(body.times) + body.after);
};
const casesOf = (file: string): Case[] => JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8')) as Case[];

for (const file of readdirSync(CORPUS).filter((name) =>
  /^(?:duplicate-keys|case-variants|shapes|syntax|encoding|size)\.json$/.test(name),
)) {
  describe(file, () => {
    it.each(casesOf(file).filter((one) => one.headers === undefined && one.expect.status !== 413))(
      '$name',
      ({ body, expect: expected }) => {
        const caught = (() => {
          try {
            return readMessage(bytesOf(body));
          } catch (error) {
            return error;
          }
        })();
        expect(caught).toMatchObject({
          name: 'PortcullisError',
          ...(expected.status === undefined ? {} : { status: expected.status }),
          ...(expected.code === undefined ? {} : { rpcCode: expected.code }),
        });
      },
    );
  });
}

const plain = (value: Json): unknown => {
  if (value instanceof ExactNumber) return Number(value.text);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((item) => plain(item as Json))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as Json)]));
};

describe('strict JSON', () => {
  it('reads what JSON.parse reads, when names differ', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(0, 1, 2), (text, indent) => {
        const spelled = JSON.stringify(JSON.parse(text), null, indent);
        if (!spelled.isWellFormed() || /\\ud[89a-f]/i.test(spelled)) return;
        let read: Json;
        try {
          read = parseStrict(Buffer.from(spelled)).value;
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/CASE_COLLISION/) });
          return;
        }
        expect(JSON.stringify(plain(read))).toBe(JSON.stringify(JSON.parse(spelled)));
      }),
      { numRuns: 2000 },
    );
  });

  it('never accepts what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-truefalsn \\u') }), (text) => {
        let accepted = true;
        try {
          parseStrict(Buffer.from(text));
        } catch {
          accepted = false;
        }
        if (accepted) JSON.parse(text);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['9007199254740993', true],
    ['-9007199254740993', true],
    ['9007199254740991', false],
    ['1.0', false],
    ['-0', false],
    ['1e400', true],
    ['1e-400', true],
    ['0.1', false],
    ['100.00000000000000000001', true],
    ['1e21', true],
    ['0e5', false],
    ['0.000000000000000000000001', false],
  ])('the number %s is kept apart: %s', (text, exact) => {
    expect(parseStrict(Buffer.from(text)).value instanceof ExactNumber).toBe(exact);
  });

  it('makes __proto__ an own member and leaves prototypes alone', () => {
    const { value } = parseStrict(Buffer.from('{"__proto__":{"polluted":true}}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect((value as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('lets names differ in case only where a server asked for it', () => {
    const call = (args: string): Buffer =>
      Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":${args}}}`);
    expect(() => readMessage(call('{"a":1,"A":2}'))).toThrow(
      expect.objectContaining({ code: 'PC_JSON_CASE_COLLISION' }),
    );
    expect(readMessage(call('{"a":{"b":1,"B":2},"A":2}'), { caseSensitiveArguments: true })).toMatchObject({
      kind: 'request',
    });
    expect(() => readMessage(call('{"a":1,"a":2}'), { caseSensitiveArguments: true })).toThrow(
      expect.objectContaining({ code: 'PC_JSON_DUPLICATE_KEY' }),
    );
    const outside = Buffer.from(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","x":{"arguments":{"a":1,"A":2}}}}',
    );
    expect(() => readMessage(outside, { caseSensitiveArguments: true })).toThrow(
      expect.objectContaining({ code: 'PC_JSON_CASE_COLLISION' }),
    );
  });

  it('repeats ids byte for byte, also behind characters of several bytes', () => {
    for (const id of ['"é😀"', '"a\\u0062"', '-7', '0']) {
      const message = readMessage(Buffer.from(`{"ü":"😀","jsonrpc":"2.0","id":${id},"method":"ping"}`));
      expect(message).toMatchObject({
        kind: 'request',
        id: { text: id, value: JSON.parse(id) as string | number },
      });
    }
  });

  it('gives each message of a batch its own bytes', () => {
    const read = readMessage(
      Buffer.from('[{"jsonrpc":"2.0","id":"é","method":"ping"} , {"jsonrpc":"2.0","method":"x"}]'),
    );
    expect(read.kind === 'batch' && read.messages.map(({ bytes }) => bytes.toString())).toEqual([
      '{"jsonrpc":"2.0","id":"é","method":"ping"}',
      '{"jsonrpc":"2.0","method":"x"}',
    ]);
  });
});
