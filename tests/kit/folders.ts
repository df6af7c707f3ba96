/** Where the program, the stand-in servers and the real servers and clients stand. */
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = fileURLToPath(new URL('../../bin/portcullis.js', import.meta.url));
export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** A file of an installed package of tests/parts: `partFile('mcp-remote/dist/proxy.js')`. */
export function partFile(path: string): string {
  return fileURLToPath(new URL(`../parts/node_modules/${path}`, import.meta.url));
}
