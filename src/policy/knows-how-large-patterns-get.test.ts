import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, it } from 'vitest';
import { cpuTime } from '../../tests/kit/cpu-time.ts';
import { patternSize } from '../pattern-size.ts';

it.each([
  'a',
  '^[a-z]{1,64}@[^\\]x]+\\.[[:alpha:]]{2,}$',
  'x{1000}',
  '(?:x{100}y{100}){3}',
  '(((a{10}){10}){10})',
  '(?i:(a|b{7}){2,30})?c',
  '\\p{L}{5}\\x{1F600}{9}\\{3}',
  '[]a]{20}[^]b]{20}',
  'a{,5}{x}',
  'a{3,}',
  '(a{0}b){0,9}',
  'a?'.repeat(500),
])('knows how large %s gets', (pattern) => {
  const real = RE2JS.compile(pattern).programSize();
  const told = patternSize(pattern);
  expect(told).toBeGreaterThanOrEqual(real / 3 - 10);
  expect(told).toBeLessThanOrEqual(real * 3 + 60);
});

it('tells of patterns that nobody should compile, at once', () => {
  const used = cpuTime(() => {
    expect(patternSize('(?:x{1000}y{1000})'.repeat(400))).toBeGreaterThan(800_000);
    expect(patternSize(`${'('.repeat(20)}a${'){1000}'.repeat(20)}`)).toBeGreaterThan(1e50);
  });
  expect(used).toBeLessThan(200);
});

it('never throws, and never calls a large pattern small', () => {
  const piece = fc.constantFrom(
    'a',
    '(',
    ')',
    '[',
    ']',
    '{3}',
    '{50}',
    '{2,}',
    '|',
    '*',
    '?',
    '\\',
    '^',
    '.',
    '(?:',
    ':',
    'p',
    'L',
    'Q',
    'E',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const pattern = pieces.join('');
      const told = patternSize(pattern);
      let real: number;
      try {
        real = RE2JS.compile(pattern).programSize();
      } catch {
        return;
      }
      expect(real).toBeLessThanOrEqual(told * 4 + 12);
    }),
    { numRuns: 2000 },
  );
});
