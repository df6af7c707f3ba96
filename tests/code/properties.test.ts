import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCode, Pace } from '../../src/policy/index.ts';
import { CORPORA, readCodePolicy, readCorpus } from './read-corpus.ts';

/** Work between two looks at the clock is small, so their number bounds the work: some for each character of the text. */
const LOOKS_FOR_EACH_CHARACTER = 2;
const LOOKS_AT_LEAST = 500;

describe.each(CORPORA)('%s', async (language) => {
  const { rules } = await readCodePolicy(language);
  const seeds = [...(await readCorpus(language, 'honest')), ...(await readCorpus(language, 'evasions'))].map(
    ({ text }) => text,
  );
  const piece = fc.oneof(
    fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '\t',
      '#',
      '--',
      '/*',
      '*/',
      '${',
      '$(',
      '<<',
      'f"',
      '"""',
      '\u0000',
      '\u2028',
      '𝐞',
      'if',
      'else:',
    ),
    fc.string({ maxLength: 6 }),
  );
  const damaged = fc
    .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(8), piece), { maxLength: 4 }))
    .map(([text, changes]) =>
      changes.reduce((so, [at, length, more]) => {
        const place = at % (so.length + 1);
        return so.slice(0, place) + more + so.slice(place + length);
      }, text),
    );

  it('ends every damaged or random text in a verdict within its steps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: damaged }, fc.string({ unit: 'binary', maxLength: 300 })),
        async (text) => {
          let looks = 0;
          const pace = new Pace(
            () => (looks += 1) / 1e9,
            () => Promise.resolve(),
          );
          const verdict = await judgeCode(text, rules, pace);
          expect(
            verdict.objections.every(
              ({ from, to, line, column }) => from <= to && to <= text.length && line > 0 && column > 0,
            ),
          ).toBe(true);
          expect(verdict.holds === true).toBe(verdict.objections.length === 0);
          expect(looks).toBeLessThan(LOOKS_AT_LEAST + LOOKS_FOR_EACH_CHARACTER * text.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['(', '[', '{', '"', 'a.', '$(', 'f(', '-', 'NOT ', '((', '`', '${', 'if x:\n ', 'SELECT '])(
    'refuses %j ten thousand times over',
    async (part) => {
      const verdict = await judgeCode(
        part.repeat(10_000),
        rules,
        new Pace(
          () => 0,
          () => Promise.resolve(),
        ),
      );
      expect(verdict.holds).not.toBe(true);
    },
  );
});

it('denies what is larger than it reads', async () => {
  const { rules } = await readCodePolicy('python');
  const verdict = await judgeCode(
    `x = 1\n`.repeat(200_000),
    rules,
    new Pace(
      () => 0,
      () => Promise.resolve(),
    ),
  );
  expect(verdict.holds).toBeUndefined();
  expect(verdict.objections[0]!.message).toContain('larger than');
});

it('denies what is not read by its deadline', async () => {
  const { rules } = await readCodePolicy('python');
  let time = 0;
  const verdict = await judgeCode(
    'x = 1\n'.repeat(5000),
    rules,
    new Pace(
      () => (time += 50),
      () => Promise.resolve(),
    ),
  );
  expect(verdict.holds).toBeUndefined();
  expect(verdict.objections[0]!.message).toContain('could not be read within');
});
