/**
 * One suite of tests/ in full: `node scripts/run.mjs long chaos`. It installs what the suite pins in a `parts` folder of its
 * own, and sets the variable by which the suite's long cases are switched on.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './folders.mjs';
import { guarded } from './guard.mjs';
import { ensureInstalled } from './install.mjs';
import { run as runTests } from './test.mjs';

export async function run([suite, ...args]) {
  const parts = join(ROOT, 'tests', suite, 'parts');
  if (existsSync(join(parts, 'package-lock.json')))
    await guarded(() => ensureInstalled(parts, `the parts of tests/${suite}`));
  process.env.PORTCULLIS_TEST_LONG = '1';
  return runTests([`tests/${suite}/`, ...args]);
}
