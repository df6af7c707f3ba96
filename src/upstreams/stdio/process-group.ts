/**
 * Ends a child and everything it started. A child leads its own process group; first its stdin is closed, then the group
 * is asked to end, then it is killed. Processes that moved to a session of their own are out of reach.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 20;
/** How long a killed group may take to vanish; only zombies that nobody reaps last longer. */
const KILLED_MS = 1000;

const groups = new Set<number>();
let guarding = false;

/** Has the group killed if this process exits without stopping it. */
export function guardGroup(pid: number): void {
  groups.add(pid);
  if (guarding) return;
  guarding = true;
  process.on('exit', () => {
    for (const group of groups) signalGroup(group, 'SIGKILL');
  });
}

/** Resolves when the whole group is gone: after end of input, SIGTERM, SIGKILL, each given `graceMs` to work. */
export async function stopGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  child.stdin?.end();
  await until(() => exited(child), exited(child) ? 0 : graceMs);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (exited(child) && !groupLives(pid)) break;
    signalGroup(pid, signal);
    await until(() => exited(child) && !groupLives(pid), signal === 'SIGKILL' ? KILLED_MS : graceMs);
  }
  groups.delete(pid);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
}

export function exited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function until(done: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!done() && performance.now() < end) await wait(POLL_MS);
}
