/** Promise: a call gets the same verdict, with the same words, whether limits are counted in Redis or in the process. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/index.ts';
import { noRedis, redisUrl } from '../kit/redis.ts';
import { someCalls } from './calls.ts';
import { differences, type Case } from './differences.ts';
import { policies } from './policies.ts';
import { openScene, type Scene } from './scene.ts';

const SEED = Number(process.env.PORTCULLIS_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.PORTCULLIS_TEST_RUNS ?? 2);
const RUN_MS = 30_000;

type KeptCase = Case & { readonly name: string; readonly verdicts: readonly string[] };
const KEPT = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as KeptCase[];

/** What counts nothing never asks Redis. */
const counts = (policy: object): boolean => /"limits":\[\{|"rate_limit":/.test(JSON.stringify(policy));

const LIMITS = [{ counter: 'n', window: 366 * 86_400, max: 3 }, { concurrent: 9 }];
const COUNTED: Case = {
  policy: { version: '1', default: 'deny', tools: { '*': { limits: LIMITS } } },
  calls: Array.from({ length: 5 }, () => ({ tool: 'read_note', args: '{}' })),
};

describe.skipIf(noRedis)('counters in Redis', () => {
  let scenes: readonly [without: Scene, within: Scene];
  beforeAll(async () => {
    scenes = await Promise.all([openScene(), openScene({ PORTCULLIS_REDIS_URL: redisUrl as string })]);
  }, 120_000);
  afterAll(() => Promise.all(scenes?.map((scene) => scene.close()) ?? []));

  it.each(KEPT.filter(({ policy }) => counts(policy)).map((one) => [one.name, one] as const))(
    '%s',
    async (_, one) => {
      const { differences: found, outcomes } = await differences(scenes[1], one);
      expect(found).toEqual([]);
      expect(outcomes.map(({ verdict }) => verdict)).toEqual(one.verdicts);
    },
  );

  it('use limits up on every path, call by call', { timeout: RUN_MS }, async () => {
    const { differences: found, outcomes } = await differences(scenes[1], COUNTED);
    expect(found).toEqual([]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['allow', 'allow', 'allow', 'deny', 'deny']);
  });

  it(`${RUNS} random policies, seed ${SEED}`, { timeout: RUNS * 2 * RUN_MS }, async () => {
    const valid = policies.filter((one) => counts(one) && parsePolicy(JSON.stringify(one)).ok);
    const property = fc.asyncProperty(valid, someCalls(8), async (policy, calls) => {
      const [without, within] = [
        // That all paths agree with it there is shown beside this.
        await differences(scenes[0], { policy, calls }, []),
        await differences(scenes[1], { policy, calls }),
      ];
      expect(within.differences).toEqual([]);
      expect(within.outcomes).toEqual(without.outcomes);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
