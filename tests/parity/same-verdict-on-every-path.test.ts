/** Promise: the same call gets the same verdict, and reaches the server as the same arguments, whichever way it comes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/index.ts';
import { ROOT } from '../kit/folders.ts';
import { someCalls } from './calls.ts';
import { differences, PATHS, type Case, type Difference } from './differences.ts';
import type { Outcome } from './path.ts';
import { policies } from './policies.ts';
import { openScene, type Scene } from './scene.ts';

const SEED = Number(process.env.PORTCULLIS_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.PORTCULLIS_TEST_RUNS ?? 2);
/** A case can be slow to start (two processes), never to judge. */
const RUN_MS = 20_000;

interface KeptCase extends Case {
  readonly name: string;
  readonly verdicts: readonly string[];
}
/** Read, not imported: in a module, `__proto__` would be no member. */
const KEPT = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as KeptCase[];

let scene: Scene;
const tally = { cases: 0, passed: 0, failed: 0 };
const failures: {
  readonly seed: number;
  readonly case: Case;
  readonly differences: readonly Difference[];
}[] = [];

beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene.close();
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  writeFileSync(
    join(ROOT, 'reports', 'parity-cases.json'),
    `${JSON.stringify({ ...tally, seed: SEED, paths: PATHS.map(({ name }) => name), failures }, null, 2)}\n`,
  );
});

describe('kept cases', () => {
  it.each(KEPT.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { differences: found, outcomes, compared } = await differences(scene, one);
    count(found, compared);
    expect(found).toEqual([]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(one.verdicts);
  });
});

it(`${RUNS} random policies, seed ${SEED}`, { timeout: RUNS * RUN_MS }, async () => {
  process.stdout.write(`parity: seed ${SEED}, ${RUNS} policies, ${PATHS.length} paths\n`);
  const verdicts = new Map<string, number>();
  // While a failure is made smaller, only the paths that showed it are walked.
  let failing = PATHS;
  const property = fc.asyncProperty(validPolicies, someCalls(16), async (policy, calls) => {
    const found = await judged({ policy, calls }, failing, verdicts);
    if (found.length === 0) return;
    const names = new Set(found.map(({ path }) => path));
    failing = PATHS.filter(({ name }) => names.has(name));
    throw new Error(JSON.stringify(found));
  });
  const run = await fc.check(property, { numRuns: RUNS, seed: SEED });
  process.stdout.write(`parity: ${tally.cases} compared, ${JSON.stringify(Object.fromEntries(verdicts))}\n`);
  if (run.failed) expect.fail(reproducible(run));
  // A gateway that gives one answer to everything would agree with itself; a few cases may do so by chance.
  if (RUNS >= 20)
    expect([...verdicts.keys()]).toEqual(expect.arrayContaining(['allow', expect.stringMatching(/^deny/)]));
});

const validPolicies = policies.filter((document) => parsePolicy(JSON.stringify(document)).ok);

async function judged(
  one: Case,
  paths = PATHS,
  verdicts = new Map<string, number>(),
): Promise<readonly Difference[]> {
  const { differences: found, compared, outcomes } = await differences(scene, one, paths);
  for (const outcome of outcomes) {
    const kind = kindOf(outcome);
    verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1);
  }
  count(found, compared);
  return found;
}

function count(found: readonly Difference[], compared: number): void {
  const failed = Math.min(found.length, compared);
  tally.cases += compared;
  tally.failed += failed;
  tally.passed += compared - failed;
}

/** Which part of a policy decided: `deny by deny_if`, `deny by (hidden)`. */
function kindOf({ verdict, rule }: Outcome): string {
  if (verdict === 'allow' || verdict === 'refused') return verdict;
  return `${verdict} by ${/[/](require|deny_if|approve_if|limits)[/]\d+$/.exec(rule)?.[1] ?? rule}`;
}

/** As an entry of regressions.json. */
function reproducible({ counterexample, errorInstance }: fc.RunDetails<[object, Case['calls']]>): string {
  if (counterexample === null) return String(errorInstance);
  const [policy, calls] = counterexample;
  const text = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  if (text.startsWith('['))
    failures.push({ seed: SEED, case: { policy, calls }, differences: JSON.parse(text) });
  return `the paths disagree (seed ${SEED}): ${text}\n${JSON.stringify({ name: 'what it is', policy, calls }, null, 2)}`;
}
