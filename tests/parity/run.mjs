/** `npm run test:parity`: the suite with many policies. PORTCULLIS_TEST_RUNS and PORTCULLIS_TEST_SEED say how many and which. */
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync(process.execPath, ['scripts/run.mjs', 'test', 'tests/parity'], {
  cwd: root,
  stdio: 'inherit',
  env: { PORTCULLIS_TEST_RUNS: '60', ...process.env },
});
process.exitCode = status ?? 1;
