/**
 * Starts the gateway and stands in for it: when we are told to stop, so is it, and its exit code is ours.
 *
 * A terminal sends Ctrl-C to every process of the job, and npm passes it on once more. The gateway takes a repeated
 * signal for "at once", so ours is the other of the two that ask for a graceful stop.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { PROGRAM } from './folders.mjs';
import { ensureReady } from './build.mjs';

const OTHER = { SIGINT: 'SIGTERM', SIGTERM: 'SIGINT', SIGHUP: 'SIGTERM' };
const PARENT_CHECK_MS = 250;

export async function run(args) {
  try {
    await ensureReady();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const child = spawn(process.execPath, [PROGRAM, 'start', ...args], { stdio: 'inherit' });
  let told = false;
  const stop = (signal) => {
    if (!told) child.kill(OTHER[signal]);
    told = true;
  };
  for (const signal of Object.keys(OTHER)) process.on(signal, stop);
  followShell(() => stop('SIGHUP'));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`The gateway cannot be started: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** npm runs us in a shell and passes SIGTERM to that shell only, which dies of it without a word to us. */
function followShell(gone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) gone();
  }, PARENT_CHECK_MS);
  timer.unref();
}
