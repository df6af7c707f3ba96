/**
 * `npm start`, `npm test`, `npm run build`: one script that uses Node's own modules only until the dependencies are in
 * place. It installs when node_modules does not match the lock, builds when dist/ is older than its sources, then goes on.
 */
import { refuseOtherNode } from './run/node-version.mjs';

const TASKS = {
  start: () => import('./run/start.mjs'),
  test: () => import('./run/test.mjs'),
  long: () => import('./run/long.mjs'),
  build: () => import('./run/build.mjs'),
};

const [task, ...args] = process.argv.slice(2);

if (!refuseOtherNode()) {
  if (Object.hasOwn(TASKS, task ?? '')) {
    const { run } = await TASKS[task]();
    process.exitCode = await run(args);
  } else {
    process.stderr.write('usage: node scripts/run.mjs start|test|long|build [arguments]\n');
    process.exitCode = 2;
  }
}
