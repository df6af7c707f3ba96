/** Builds dist/ with Vite when it is missing or older than what it is made from. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './command.mjs';
import { ROOT } from './folders.mjs';
import { guarded } from './guard.mjs';
import { ensureInstalled } from './install.mjs';

const SOURCES = ['src', 'package.json', 'vite.config.ts'];

export async function run() {
  try {
    await ensureReady();
    return 0;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** Dependencies installed, program built. @throws Error with the output of what failed */
export function ensureReady() {
  return guarded(async () => {
    await ensureInstalled(ROOT, 'dependencies');
    await ensureBuilt();
  });
}

async function ensureBuilt() {
  const built = changedAt(join(ROOT, 'dist', 'portcullis.js'));
  if (built > Math.max(...SOURCES.map((source) => newest(join(ROOT, source))))) return;
  process.stdout.write('Building dist/ (vite build).\n');
  await quietly(process.execPath, [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: ROOT,
  });
}

function newest(path) {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  // The folder's own time counts: it moves when a file is removed.
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
