/** JSON values as texts, so that the spelling of numbers and strings is part of a case. */
import fc from 'fast-check';

/** One piece of JSON text. Policies and calls draw from the same pool, so that they meet, or miss by little. */
const scalar = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['a', 'A', 'note', 'Note', 'notes', '', 'é', 'e\u0301', '名', '😀', 'draft/1'].map((text) =>
        JSON.stringify(text),
      ),
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom('0', '1', '2', '5', '100', '101', '-1', '0.5', '99.999') },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '"/srv/data/x"',
      '"/srv/data/../etc"',
      '"/srv/%2e%2e/etc"',
      '"https://api.example.com/x"',
      '"http://api.example.com.evil.test"',
      '"10.0.0.5"',
      '"11.0.0.5"',
      '"ann@example.com"',
      '"ann@example.com.evil.test"',
      '"2026-11-21T10:00:00Z"',
    ),
  },
);

/** Spellings that only a reader of texts keeps apart, or that no double holds. */
const spelled = fc.constantFrom(
  '1.0',
  '1e0',
  '1E+2',
  '-0',
  '100.000',
  '9007199254740991',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1000000000000000055511151231257827',
  '1e400',
  '1e-400',
  '"\\u0061"',
  '"\\u006eote"',
  '"\\ud83d\\ude00"',
  '"\\/srv\\/data\\/x"',
  '"line\\nbreak"',
);

export const KEYS = ['amount', 'mode', 'path', 'url', 'list', 'größe', 'a.b', '__proto__'] as const;

/** An object or array that holds `values`; blanks as people and printers put them. */
function containerOf(values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const blank = fc.constantFrom('', '', ' ');
  return fc.oneof(
    fc
      .tuple(fc.array(values, { maxLength: 3 }), blank)
      .map(([items, space]) => `[${items.join(`,${space}`)}]`),
    objectOf(values),
  );
}

export function objectOf(values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc.tuple(fc.constantFrom(...KEYS), values, fc.constantFrom('', ' '));
  return fc
    .uniqueArray(member, { maxLength: 5, size: 'max', selector: ([key]) => key })
    .map(
      (members) =>
        `{${members.map(([key, value, space]) => `${JSON.stringify(key)}:${space}${value}`).join(',')}}`,
    );
}

export const plainValue: fc.Arbitrary<string> = scalar;
const leaf = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 2, arbitrary: spelled });
const nested = containerOf(
  fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: containerOf(leaf) }),
);
export const anyValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: nested },
);
