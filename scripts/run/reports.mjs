/**
 * What a run showed of each suite of tests/, for whoever makes a page of it: `reports/<suite>.json`. Promises come from the
 * first paragraph of the suite's README, figures from what its tests measured (tests/kit/figure.ts).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './folders.mjs';
import { readSuites, reasonFor } from './tally.mjs';

const REPORTS = join(ROOT, 'reports');

/** Writes a report for every suite that ran. Parameters as for `readTally`. */
export function writeReports(file, missing) {
  const bySuite = new Map();
  for (const one of readSuites(file)) {
    const suite = /^tests\/([^/]+)\//.exec(one.path)?.[1];
    if (suite === undefined) continue;
    bySuite.set(suite, [...(bySuite.get(suite) ?? []), one]);
  }
  if (bySuite.size > 0) mkdirSync(REPORTS, { recursive: true });
  for (const [suite, files] of bySuite)
    writeFileSync(
      join(REPORTS, `${suite}.json`),
      `${JSON.stringify(reportOf(suite, files, missing), null, 2)}\n`,
    );
}

function reportOf(suite, files, missing) {
  const tests = files.flatMap(({ path, tests: all }) => all.map((test) => ({ ...test, path })));
  const count = (status) => tests.filter((test) => test.status === status).length;
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return {
    name: suite,
    promises: promisesOf(suite),
    at: new Date().toISOString(),
    node: process.versions.node,
    long: process.env.PORTCULLIS_TEST_LONG !== undefined,
    cases: tests.length,
    passed: count('passed'),
    failed:
      count('failed') +
      files.filter(({ status, tests: all }) => status === 'failed' && all.length === 0).length,
    skipped: skipped.map(({ name, path }) => ({ name, reason: reasonFor(path, missing) })),
    figures: figuresOf(suite),
  };
}

/** "Guards promises 1 and 5 …": the numbers. */
export function promisesOf(suite) {
  const readme = join(ROOT, 'tests', suite, 'README.md');
  if (!existsSync(readme)) return [];
  const paragraph =
    readFileSync(readme, 'utf8')
      .split('\n\n')
      .find((text) => text.startsWith('Guards ')) ?? '';
  const named = [...paragraph.matchAll(/\bpromises?\s+((?:\d+(?:,\s*|\s+and\s+)?)+)/g)];
  return [...new Set(named.flatMap(([, numbers]) => (numbers.match(/\d+/g) ?? []).map(Number)))].toSorted(
    (a, b) => a - b,
  );
}

function figuresOf(suite) {
  const folder = join(REPORTS, 'figures', suite);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      .map(({ name, value }) => [name, value]),
  );
}
