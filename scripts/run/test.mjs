/**
 * Every test: the checks of the tree, then vitest. Arguments go to vitest (`npm test -- tests/seeds`). The last line is
 * `N passed, N failed, N skipped`, whatever happens; a suite that cannot have its part is named with the reason.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { allOf, visibly } from './command.mjs';
import { OAUTH_PARTS, PARTS, RESULTS, ROOT } from './folders.mjs';
import { ensureReady } from './build.mjs';
import { guarded } from './guard.mjs';
import { ensureInstalled } from './install.mjs';
import { writeReports } from './reports.mjs';
import { readTally } from './tally.mjs';

const INSTALLED = [
  [ROOT, 'dependencies'],
  [PARTS, 'the servers and clients that the suites run against'],
  [OAUTH_PARTS, 'the authorization server that a suite runs against'],
];

export async function run(args) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  try {
    await guarded(() => allOf(INSTALLED.map(([folder, what]) => ensureInstalled(folder, what))));
    await allOf([ensureReady(), check(tally)]);
    await suites(args, tally);
  } catch (error) {
    tally.failed += 1;
    process.stdout.write(`${error.message}\n`);
  }
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  return tally.failed === 0 ? 0 : 1;
}

async function check(tally) {
  const { runChecks } = await import('../checks/run-checks.mjs');
  for (const { problems } of await runChecks()) {
    if (problems.length === 0) tally.passed += 1;
    else tally.failed += 1;
  }
}

async function suites(args, tally) {
  const { provideParts } = await import('./parts/provide.mjs');
  const parts = await provideParts(args);
  const stop = (signal) => void parts.stop().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const results = join(RESULTS, 'vitest.json');
    mkdirSync(RESULTS, { recursive: true });
    rmSync(results, { force: true });
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
    const code = await visibly(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...parts.env },
    });
    const counted = readTally(results, parts.missing);
    writeReports(results, parts.missing);
    for (const line of counted.skips) process.stdout.write(`skipped: ${line}\n`);
    tally.passed += counted.passed;
    tally.skipped += counted.skipped;
    // An error outside any test fails the run without failing a test.
    tally.failed += Math.max(counted.failed, code === 0 ? 0 : 1);
  } finally {
    await parts.stop();
  }
}
