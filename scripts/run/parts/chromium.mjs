/**
 * Chromium for the suites that drive a browser: the one on the PATH, else Debian's package when root, else they are skipped. Its
 * headless shell is the same browser without windows, and takes a fifth less CPU.
 */
import { existsSync } from 'node:fs';
import { findCommand, installPackages } from './debian.mjs';

/** The variable that suites read: the path of the executable. */
export const VARIABLE = 'PORTCULLIS_TEST_CHROMIUM';

const SHELL = 'chromium-headless-shell';

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | { missing: string }>} */
export async function provideChromium() {
  const given = process.env[VARIABLE];
  if (given !== undefined && existsSync(given)) return found(given);
  const present = find();
  if (present !== undefined) return found(present);
  const refusal =
    (await installPackages(SHELL)) === undefined ? undefined : await installPackages('chromium');
  if (refusal !== undefined) return { missing: `Chromium is not installed; ${refusal}` };
  const installed = find();
  return installed === undefined
    ? { missing: 'Chromium was installed, but not found on the PATH' }
    : found(installed);
}

const find = () =>
  findCommand(SHELL, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');
const found = (path) => ({ url: path, stop: async () => {} });
