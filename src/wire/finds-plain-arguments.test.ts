import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../json.ts';
import { plainArguments, readMessage } from './index.ts';

const callWith = (args: string): Buffer =>
  Buffer.from(
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":{"arguments":{"x":1}},"arguments":${args}}}`,
  );

it('what it finds is the canonical text of the argument', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constant('\\u00e9'),
  );
  const long = fc.tuple(piece, piece).map(([start, end]) => start + 'é/\u2028 '.repeat(1_200) + end);
  const value = fc.oneof(fc.json(), long, fc.string({ minLength: 4_100, maxLength: 6_000 }));
  let found = 0;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value, { maxKeys: 4 }), (args) => {
      const bytes = callWith(JSON.stringify(args));
      let message;
      try {
        message = readMessage(bytes);
      } catch {
        return;
      }
      if (message.kind !== 'request') throw new Error('a request is expected');
      const read = message.params!['arguments'] as Record<string, string>;
      for (const [name, text] of plainArguments(bytes) ?? []) {
        found += 1;
        expect(text.toString()).toBe(canonicalJson(read[name]!));
      }
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(50);
});

it('finds long strings, and leaves what is short, escaped or nested', () => {
  const long = 'a'.repeat(5_000);
  const args = { long, short: 'a', escaped: `${long}\n`, nested: { long }, more: `é${long}` };
  expect([...plainArguments(callWith(JSON.stringify(args)))!.keys()]).toEqual(['long', 'more']);
  expect(plainArguments(callWith(`{"a":"${long}\\u0061"}`))!.size).toBe(0);
  expect(plainArguments(Buffer.from(`{"jsonrpc":"2.0","id":1,"method":"${long}"}`))).toBeUndefined();
});
