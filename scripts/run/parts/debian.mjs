/** Debian's packages, for a machine that is ours to change: only as root, and only when something is missing. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietly } from '../command.mjs';

let updated = false;

/** Installs packages. Returns why it could not, or undefined. */
export async function installPackages(...names) {
  if (process.getuid?.() !== 0) return `and installing ${names.join(', ')} takes root`;
  if (findCommand('apt-get') === undefined) return 'and this machine has no apt-get';
  process.stdout.write(`Installing ${names.join(', ')} (apt-get).\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    if (!updated) await quietly('apt-get', ['update', '-qq'], { env });
    updated = true;
    await quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    return undefined;
  } catch (error) {
    return `and apt-get failed: ${error.message.split('\n').at(-2) ?? error.message}`;
  }
}

/** The path of the first of these commands that is on the PATH. */
export function findCommand(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** User and group of the first of these accounts that this machine has. */
export function accountOf(...names) {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of names) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return {};
}
