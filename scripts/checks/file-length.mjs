/** A file near 400 lines is two files. */
import { projectFiles, read } from './sources.mjs';

const LIMIT = 400;

export async function checkFileLength() {
  return projectFiles()
    .filter((path) => /^(src|tests|scripts|bench|bin|web)\/.*\.(ts|tsx|mjs|cjs|js)$/.test(path))
    .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
    .filter(({ lines }) => lines > LIMIT)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}
