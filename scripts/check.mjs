/** `npm run check`: everything that can be said about the tree without running it. One line a check; exit code 1 when one fails. */
import { runChecks } from './checks/run-checks.mjs';

const results = await runChecks();
process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
