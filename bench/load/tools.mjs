/** The load and the upstream as commands: compiled from C where there is a compiler, else their Node forms. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = (name) => fileURLToPath(new URL(name, import.meta.url));
const inNode = (name) => [process.execPath, source(`${name}.mjs`)];

/** @returns {{ kind: string, load: string[], upstream: string[], stdioUpstream: string[] }} */
export function loadTools(folder) {
  const stdioUpstream = [...inNode('upstream'), 'stdio'];
  mkdirSync(folder, { recursive: true });
  try {
    const [load, upstream] = ['load', 'upstream'].map((name) => {
      const binary = join(folder, name);
      execFileSync('cc', ['-O2', '-o', binary, source(`${name}.c`)], { stdio: 'ignore' });
      return [binary];
    });
    return { kind: 'C', load, upstream, stdioUpstream };
  } catch {
    return {
      kind: 'Node (no C compiler here)',
      load: inNode('load'),
      upstream: inNode('upstream'),
      stdioUpstream,
    };
  }
}
