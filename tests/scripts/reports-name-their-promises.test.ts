/** Promise: every suite that has a report says which promises it guards. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../kit/index.ts';

interface Reports {
  promisesOf(suite: string): number[];
}

const { promisesOf } = (await import(
  /* @vite-ignore */ join(ROOT, 'scripts', 'run', 'reports.mjs')
)) as Reports;
const suites = readdirSync(join(ROOT, 'tests')).filter((name) =>
  existsSync(join(ROOT, 'tests', name, 'README.md')),
);

it.each(suites)('%s', (suite) => {
  const promises = promisesOf(suite);
  expect(promises).not.toEqual([]);
  expect(promises.every((number) => number >= 1 && number <= 9)).toBe(true);
});
