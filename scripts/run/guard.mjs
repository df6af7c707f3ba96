/**
 * One installation or build of a checkout at a time. The lock names the process that holds it; a lock whose process is
 * gone is taken over.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './folders.mjs';

const LOCK = join(
  tmpdir(),
  `portcullis-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}.lock`,
);
const POLL_MS = 200;

export async function guarded(work) {
  let told = false;
  while (!take()) {
    if (!told) process.stdout.write('Waiting for another run that installs or builds here.\n');
    told = true;
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!alive(holder())) rmSync(LOCK, { force: true });
    return false;
  }
}

function holder() {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch {
    return 0;
  }
}

/** An empty lock is one that is being written right now. */
function alive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
