/** Puts node_modules in step with package-lock.json. A stamp inside node_modules says which lock it was made from. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, quietly } from './command.mjs';

const STAMP = '.portcullis-lock';

/** @throws Error with npm's own output when the installation fails */
export async function ensureInstalled(folder, what) {
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(folder, 'node_modules', STAMP);
  if (read(stamp) === digest) return;
  process.stdout.write(`Installing ${what} (npm ci).\n`);
  const { command, before, options } = npmCommand();
  await quietly(command, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    ...options,
    cwd: folder,
  });
  writeFileSync(stamp, digest);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
