/** Builds the program and the dashboard with Vite, each when it is missing or older than what it is made from. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { allOf, quietly } from './command.mjs';
import { ROOT } from './folders.mjs';
import { guarded } from './guard.mjs';
import { ensureInstalled } from './install.mjs';

/** Each fills a part of dist/ of its own, so both can run at once. */
const BUILDS = [
  {
    made: 'portcullis.cjs',
    beside: ['portcullis.cjs.map', 'portcullis.cjs.cache', 'chunks'],
    config: 'vite.config.ts',
    sources: ['bin', 'src', 'package.json', 'vite.config.ts'],
    after: makeCodeCache,
  },
  {
    made: 'web/index.html',
    beside: ['web'],
    config: 'web/vite.config.ts',
    sources: ['web', 'src', 'package.json'],
  },
];

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

function ensureBuilt() {
  return allOf(BUILDS.map(build));
}

async function build({ made, beside, config, sources, after }) {
  const built = changedAt(join(ROOT, 'dist', made));
  if (built > Math.max(...sources.map((source) => newest(join(ROOT, source))))) return;
  process.stdout.write(`Building dist/${made} (vite build).\n`);
  for (const name of [made, ...beside]) rmSync(join(ROOT, 'dist', name), { recursive: true, force: true });
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  await quietly(process.execPath, [vite, 'build', '--config', config], { cwd: ROOT });
  await after?.();
}

/** Without it every start takes longer, and that is all. */
async function makeCodeCache() {
  const script = join(ROOT, 'scripts', 'run', 'make-code-cache.mjs');
  await quietly(process.execPath, [script], { cwd: ROOT }).catch(({ message }) => {
    process.stdout.write(`The code cache could not be made, so starts take longer: ${message}\n`);
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
