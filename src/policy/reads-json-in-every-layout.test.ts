import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readText } from './read-text.ts';

/** The same text as nobody's printer writes it: read as a document, not as a value. */
const oddly = (text: string): string => text.replace(/^[[{]/, '$& ');

function outcome(text: string): unknown {
  const read = readText(text, 'json');
  return 'problems' in read ? read.problems.map(({ message }) => message) : { value: read.value };
}

it('makes the same of a text whether it is laid out as JSON.stringify does or otherwise', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom('a', 'b', '__proto__', '<<', '0') }), (value) => {
      const text = JSON.stringify(value);
      expect(outcome(text)).toEqual(outcome(oddly(text)));
    }),
  );
});

it.each([
  ['a number that cannot be judged', '{"a":9007199254740994}', /2\^53/],
  ['a merge key', '{"<<":{"a":1}}', /merge keys/],
  ['a name that stands twice', '{"a":1,"a":1}', /unique/i],
])('refuses %s in a plain layout too', (_, text, message) => {
  expect(JSON.stringify(outcome(text))).toMatch(message);
});

it('knows where members stand in a plain layout', () => {
  const read = readText('{\n  "a": {\n    "b": 1\n  }\n}', 'json');
  expect('place' in read && read.place('/a/b')).toEqual({ line: 3, column: 5 });
});

it('takes brackets in strings for text, and others for depth', () => {
  const text = JSON.stringify({ a: '[{"\\'.repeat(100), b: '[' });
  expect(outcome(text)).toEqual({ value: JSON.parse(text) as unknown });
  expect(outcome(oddly(text))).toEqual(outcome(text));
  expect(outcome(`{"a":"\\"","b":${'['.repeat(65)}${']'.repeat(65)}}`)).toEqual([
    expect.stringMatching(/nests deeper/),
  ]);
});

it('says that a policy is one document', () => {
  const read = readText('version: "1"\n---\nversion: "1"\n', 'yaml');
  expect('problems' in read && read.problems).toEqual([
    { pointer: '', message: 'the text holds several documents: expected one policy', line: 2, column: 1 },
  ]);
});
