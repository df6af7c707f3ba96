/** libfaketime for the suites that bend a clock: the one that is installed, else Debian's package when root, else they are skipped. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './debian.mjs';

/** The variable that suites read: the path of the library. */
export const VARIABLE = 'PORTCULLIS_TEST_FAKETIME';

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | { missing: string }>} */
export async function provideFakeTime() {
  const given = process.env[VARIABLE];
  if (given !== undefined && existsSync(given)) return found(given);
  if (process.platform !== 'linux') return { missing: 'libfaketime bends clocks on Linux only' };
  const present = find();
  if (present !== undefined) return found(present);
  const refusal = await installPackages('libfaketime');
  if (refusal !== undefined) return { missing: `libfaketime is not installed; ${refusal}` };
  const installed = find();
  return installed === undefined ? { missing: 'libfaketime was installed, but not found' } : found(installed);
}

function find() {
  return ['/usr/lib', '/usr/local/lib']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    .map((folder) => join(folder, 'faketime', 'libfaketime.so.1'))
    .find((path) => existsSync(path));
}

const found = (path) => ({ url: path, stop: async () => {} });
