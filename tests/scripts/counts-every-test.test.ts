import { expect, it } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../kit/index.ts';
import { load } from '../parts/load.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skips: readonly string[];
}
interface TallyModule {
  readTally(file: string, missing: readonly { files: Set<string>; reason: string }[]): Tally;
}

const suite = (path: string, status: string, ...statuses: string[]): object => ({
  name: join(ROOT, path),
  status,
  assertionResults: statuses.map((one) => ({ status: one })),
});

async function tallyOf(...testResults: object[]): Promise<Tally> {
  const file = join(mkdtempSync(join(tmpdir(), 'portcullis-tally-')), 'vitest.json');
  writeFileSync(file, JSON.stringify({ testResults }));
  const { readTally } = await load<TallyModule>(
    pathToFileURL(join(ROOT, 'scripts', 'run', 'tally.mjs')).href,
  );
  return readTally(file, [{ files: new Set(['tests/b.test.ts']), reason: 'PostgreSQL is not installed' }]);
}

it('counts passed, failed and skipped tests', async () => {
  expect(
    await tallyOf(suite('tests/a.test.ts', 'failed', 'passed', 'failed', 'skipped', 'todo')),
  ).toMatchObject({
    passed: 1,
    failed: 1,
    skipped: 2,
  });
});

it('counts a file that cannot be loaded as one failure', async () => {
  expect(await tallyOf(suite('tests/a.test.ts', 'failed'))).toMatchObject({ passed: 0, failed: 1 });
});

it('names the part that a skipped suite misses', async () => {
  const { skips } = await tallyOf(suite('tests/b.test.ts', 'passed', 'skipped', 'skipped'));
  expect(skips).toEqual(['tests/b.test.ts (2 of 2): PostgreSQL is not installed']);
});
