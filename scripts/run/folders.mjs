/** Where things stand in the checkout. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PARTS = join(ROOT, 'tests', 'parts');
export const OAUTH_PARTS = join(ROOT, 'tests', 'oauth', 'parts');
export const RESULTS = join(ROOT, 'tests', 'results');
export const PROGRAM = join(ROOT, 'bin', 'portcullis.js');
/** The program as it was built. */
export const BUILT = join(ROOT, 'dist', 'portcullis.cjs');
