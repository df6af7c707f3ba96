/** Packages that the benchmark compares with, installed on demand into a folder outside of this package, scripts off. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const CACHE =
  process.env.PORTCULLIS_BENCH_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'portcullis-bench');

const folderOf = (cache, name) => join(cache, name.replaceAll(/[@/]+/g, '-').replace(/^-/, ''));
const packageOf = (cache, name) => join(folderOf(cache, name), 'node_modules', name);

/** @returns undefined, or why it cannot be had */
export function install(cache, name, version) {
  if (existsSync(join(packageOf(cache, name), 'package.json'))) return undefined;
  const folder = folderOf(cache, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = [
    'install',
    `${name}@${version}`,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, stderr, error } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (status === 0) return undefined;
  const code = /npm (?:ERR!|error) code (\S+)/.exec(stderr ?? '')?.[1];
  return `npm does not install it (${code ?? error?.message ?? 'no reason given'})`;
}

export function versionOf(cache, name) {
  return manifestOf(cache, name).version;
}

/** The file that its command runs. */
export function commandOf(cache, name) {
  const { bin } = manifestOf(cache, name);
  return join(packageOf(cache, name), typeof bin === 'string' ? bin : Object.values(bin)[0]);
}

/** The folder in which `import` finds it. */
export const importFolder = folderOf;

function manifestOf(cache, name) {
  return JSON.parse(readFileSync(join(packageOf(cache, name), 'package.json'), 'utf8'));
}
