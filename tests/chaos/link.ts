/** A network of its own, behind a link that can be taken down: packets then vanish, and nobody is told. Needs root on Linux. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FIXTURES, runCommand, type RunningProcess } from '../kit/index.ts';

export interface Link {
  /** Of the far end. */
  readonly host: string;
  down(): void;
  up(): void;
  /** Starts a stand-in server at the far end. */
  serve(name: string, env: Readonly<Record<string, string>>): RunningProcess;
  remove(): void;
}

/** Undefined where this process may not make one. */
export function makeLink(): Link | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const id = process.pid % 4096;
  const [space, near, far] = [`portcullis-${id}`, `pcn${id}`, `pcf${id}`];
  const [nearHost, host] = [1, 2].map((end) => `10.${231 + (id >> 8)}.${id & 255}.${end}`) as [
    string,
    string,
  ];
  const ip = (...args: readonly string[]): unknown => execFileSync('ip', args, { stdio: 'pipe' });
  try {
    ip('netns', 'add', space);
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space);
    ip('addr', 'add', `${nearHost}/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    ip('-n', space, 'addr', 'add', `${host}/30`, 'dev', far);
    ip('-n', space, 'link', 'set', far, 'up');
  } catch {
    try {
      ip('netns', 'delete', space);
    } catch {
      // It was not made.
    }
    return undefined;
  }
  // The near end stays up, so that nothing on this side knows.
  const set = (state: 'up' | 'down'): unknown => ip('-n', space, 'link', 'set', far, state);
  return {
    host,
    down: () => void set('down'),
    up: () => void set('up'),
    serve: (name, env) =>
      runCommand('ip', ['netns', 'exec', space, process.execPath, join(FIXTURES, `${name}.mjs`)], {
        env: { HOST: host, ...env },
      }),
    remove: () => void ip('netns', 'delete', space),
  };
}
