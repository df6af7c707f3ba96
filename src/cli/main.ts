/** What `bin/portcullis.js` runs. */
import { classify } from '../catalog/index.ts';
import { probeServer } from '../gateway/index.ts';
import { systemClock } from './clock.ts';
import { confirm } from './confirm.ts';
import { createLogger } from './logger.ts';
import { mcpCommand } from './mcp.ts';
import { openConnections } from './open-connections.ts';
import { runProgram } from './program.ts';
import { startCommand } from './start.ts';
import { wrapCommand } from './wrap.ts';

const stop = new AbortController();

/** Only commands that wait for it are stopped this way; others end by the signal itself, as usual. */
if (process.argv.includes('tail') || process.argv[2] === 'scan') process.once('SIGINT', () => stop.abort());
// Servers that a scan started must not outlive it.
if (process.argv[2] === 'scan') process.once('SIGTERM', () => stop.abort());

// A reader that is gone (`| head`) is no error.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    variables: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    signal: stop.signal,
    ...(process.stdin.isTTY && process.stderr.isTTY && { confirm }),
    probe: (row, installation, environment) =>
      probeServer(row, {
        store: installation.store,
        box: installation.registry.box,
        credentials: openConnections(environment, installation).source(row),
        allowPrivateUpstreams: environment.allowPrivateUpstreams,
        classify,
        logger: createLogger('silent'),
        clock: systemClock,
      }),
  },
  [startCommand, wrapCommand, mcpCommand],
);
