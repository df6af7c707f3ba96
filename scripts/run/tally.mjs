/** Counts what vitest wrote, and says which tests did not run and why. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './folders.mjs';

const NOT_RUN = new Set(['pending', 'skipped', 'todo', 'disabled']);

/**
 * @param {string} file vitest's JSON report
 * @param {{ files: Set<string>, reason: string }[]} missing parts that could not be had, and the test files that need them
 */
export function readTally(file, missing) {
  const tally = { passed: 0, failed: 0, skipped: 0, skips: [] };
  for (const { path, tests, status } of readSuites(file)) {
    const statuses = tests.map((test) => test.status);
    const skipped = statuses.filter((one) => NOT_RUN.has(one)).length;
    const failed = statuses.filter((one) => one === 'failed').length;
    tally.passed += statuses.filter((one) => one === 'passed').length;
    tally.skipped += skipped;
    // A file that cannot be loaded has no tests to fail.
    tally.failed += failed === 0 && status === 'failed' ? 1 : failed;
    if (skipped > 0)
      tally.skips.push(`${path} (${skipped} of ${statuses.length}): ${reasonFor(path, missing)}`);
  }
  return tally;
}

/** Why a file's tests did not run. */
export function reasonFor(path, missing) {
  const reasons = missing.filter(({ files }) => files.has(path)).map(({ reason }) => reason);
  return reasons.length === 0 ? 'the file itself says so, or a filter left it out' : reasons.join('; ');
}

/** Every test file of vitest's JSON report. */
export function readSuites(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  return report.testResults.map(({ name, status, assertionResults }) => ({
    path: relative(ROOT, name),
    status,
    tests: assertionResults.map(({ fullName, status: one }) => ({ name: fullName, status: one })),
  }));
}
