/** Promises 1 and 2, against inputs that nobody thought of. A finding is made small, kept in the corpus, and fails here until it is mended. */
import { beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../kit/figure.ts';
import { readCorpus, writeCorpus } from './corpus.ts';
import { found } from './fuzz.ts';
import { buildLoop, runLoop } from './run-loop.ts';
import { stepByStep } from './step-by-step.ts';
import { TARGETS } from './targets/index.ts';

const LONG = process.env.PORTCULLIS_TEST_LONG !== undefined;
const SECONDS = Number(process.env.PORTCULLIS_TEST_FUZZ_SECONDS ?? (LONG ? 300 : 20));
const SEED = Number(process.env.PORTCULLIS_TEST_SEED ?? Date.now() % 2 ** 31);
const forMs = (SECONDS * 1000) / TARGETS.length;

let loop: string;
beforeAll(async () => {
  loop = await buildLoop();
});

describe.each(TARGETS)('$name', (target) => {
  it('holds for everything in the corpus', () => {
    for (const { bytes, found: once } of readCorpus(target.name))
      expect(found(target, bytes), `${once ?? 'kept'}: ${bytes.toString('hex')}`).toBeUndefined();
  });

  it(`holds for ${forMs / 1000} s of new inputs (seed ${SEED})`, { timeout: forMs + 90_000 }, async () => {
    const old = readCorpus(target.name);
    const corpus = old.map(({ bytes }) => bytes.toString('hex'));
    const { runs, reached, kept, finding } = await runLoop(loop, {
      target: target.name,
      seed: SEED,
      forMs,
      corpus,
    });
    figure('fuzz', `${target.name}: inputs`, runs);
    figure('fuzz', `${target.name}: characters of source reached`, reached);
    if (finding !== undefined)
      writeCorpus(target.name, [
        ...old,
        { bytes: Buffer.from(finding.input, 'hex'), found: finding.message },
      ]);
    else if (LONG) {
      const known = new Set([...corpus, ...target.seeds.map((text) => Buffer.from(text).toString('hex'))]);
      const added = kept.filter((hex) => !known.has(hex));
      writeCorpus(target.name, [...old, ...added.map((hex) => ({ bytes: Buffer.from(hex, 'hex') }))]);
    }
    expect(finding).toBeUndefined();
    // A loop that tries nothing, or whose coverage sees nothing, would find nothing.
    expect(runs).toBeGreaterThan(1000);
    expect(reached).toBeGreaterThan(1000);
  });
});

it(
  'finds a mistake that only coverage leads to, and makes its input small',
  { timeout: 90_000 },
  async () => {
    const { finding } = await runLoop(loop, { target: stepByStep.name, seed: 1, forMs: 30_000, corpus: [] });
    expect(Buffer.from(finding?.input ?? '', 'hex').toString()).toBe('p0rt!');
  },
);
