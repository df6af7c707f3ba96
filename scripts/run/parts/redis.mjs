/**
 * Redis for the suites that ask for it: the one that was given, else one started for this run from the program on this machine
 * (Valkey will do), else from Debian's package when root. Where none of that works the suites are skipped, with the reason.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand, installPackages } from './debian.mjs';
import { freePort } from './free-port.mjs';
import { end, untilPrinted } from './server-process.mjs';

/** The variable that suites read: the URL of a server whose keys are theirs. */
export const VARIABLE = 'PORTCULLIS_TEST_REDIS';

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | { missing: string }>} */
export async function provideRedis() {
  const given = process.env[VARIABLE];
  // Some suites start servers of their own, so the program is looked for in any case.
  let program = find();
  if (program === undefined) {
    const refusal = await installPackages('redis-server');
    program = find();
    if (program === undefined && given === undefined)
      return { missing: `Redis is not installed${refusal === undefined ? '' : `; ${refusal}`}` };
  }
  if (given !== undefined) return { url: given, stop: async () => {} };
  try {
    return await startServer(program);
  } catch (error) {
    return { missing: `Redis cannot be started: ${error.message}` };
  }
}

const find = () => findCommand('redis-server', 'valkey-server');

async function startServer(program) {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-redis-'));
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--dir', home, '--save', '', '--appendonly', 'no'];
  const server = spawn(program, ['--port', String(port), ...settings], { stdio: ['ignore', 'pipe', 'pipe'] });
  await untilPrinted(server, server.stdout, 'Ready to accept connections');
  const stop = async () => {
    await end(server, 'SIGTERM');
    rmSync(home, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}
