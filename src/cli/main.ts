/** What `bin/portcullis.js` runs. */
import { classify } from '../catalog/index.ts';
import { probeServer } from '../gateway/index.ts';
import { systemClock } from './clock.ts';
import { createLogger } from './logger.ts';
import { runProgram } from './program.ts';
import { startCommand } from './start.ts';
import { wrapCommand } from './wrap.ts';

const stop = new AbortController();

/** Only commands that wait for it are stopped this way; others end by the signal itself, as usual. */
if (process.argv.includes('tail')) process.once('SIGINT', () => stop.abort());

// A reader that is gone (`| head`) is no error.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    variables: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    signal: stop.signal,
    probe: (row, { store, registry }, environment) =>
      probeServer(row, {
        store,
        box: registry.box,
        allowPrivateUpstreams: environment.allowPrivateUpstreams,
        classify,
        logger: createLogger('silent'),
        clock: systemClock,
      }),
  },
  [startCommand, wrapCommand],
);
