import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainlyWritten } from '../json.ts';

it('reads every text that JSON.stringify writes, with or without spaces', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, spaces) => {
      const written = JSON.stringify(JSON.parse(text), null, spaces);
      expect(plainlyWritten(`${written}\n`)).toEqual({ value: JSON.parse(written) });
    }),
  );
});

it.each([
  ['a name that stands twice', '{"a":1,"a":2}'],
  ['a name that stands twice, once escaped', '{"a":1,"\\u0061":2}'],
  ['a name that stands twice, below', '{"a":[{"b":{},"b":{}}]}'],
  ['an integer that a double cannot hold', '{"a":9007199254740993}'],
  ['a number beyond all doubles', '{"a":1e999}'],
  ['a negative zero', '{"a":-0}'],
  ['a comment', '{"a":1} // b'],
  ['YAML', 'a: 1'],
  ['nothing', ''],
])('leaves %s to a reader that says more', (_, text) => {
  expect(plainlyWritten(text)).toBeUndefined();
});
