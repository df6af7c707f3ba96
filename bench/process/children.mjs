/** Processes of the benchmark: each remembered from start to end, so that none outlives the run. */
import { spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

const running = new Set();
const canPin = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;

/** @param core where it runs; undefined: anywhere */
export function start([command, ...args], { core, ...options } = {}) {
  const pinned =
    core === undefined || !canPin ? [command, ...args] : ['taskset', '-c', String(core), command, ...args];
  const child = spawn(pinned[0], pinned.slice(1), {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    ...options,
  });
  child.said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (child.said = `${child.said}${chunk}`.slice(-4000)));
  child.stdin.on('error', () => {});
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', (error) => (child.said += error.message));
  return child;
}

/** Lets a process and its threads run on every core from now on. */
export function unpin({ pid }) {
  if (canPin) spawnSync('taskset', ['-acp', `0-${cpus().length - 1}`, String(pid)]);
}

export function untilSays(child, text) {
  return new Promise((resolve, reject) => {
    const look = () => child.said.includes(text) && resolve();
    child.stdout.on('data', look);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${child.said.trim().slice(-300)}`)));
    look();
  });
}

/** Ends a process with its children. */
export function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => end(child, 'SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(hard);
      end(child, 'SIGKILL');
      resolve();
    });
    end(child, 'SIGTERM');
  });
}

export function stopAll() {
  for (const child of running) end(child, 'SIGKILL');
}

function end({ pid }, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}
