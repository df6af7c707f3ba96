/**
 * npm 12 does not run install scripts unless told to, so a runtime dependency that needs one would install and then fail.
 * A package may have one when it also ships its binary for this platform, and so works without.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/folders.mjs';
import { read } from './sources.mjs';

export async function checkInstallScripts() {
  const { packages } = JSON.parse(read('package-lock.json'));
  return Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript === true && entry.dev !== true)
    .filter(([path]) => !shipsBinary(path))
    .map(
      ([path]) => `${path} has an install script and ships no binary for ${process.platform}-${process.arch}`,
    );
}

const shipsBinary = (path) =>
  existsSync(join(ROOT, path, 'prebuilds', `${process.platform}-${process.arch}`));
