/** Starts `child.sample.ts` as a process. Node 20 reads no TypeScript, so it is bundled first. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

export interface Child {
  readonly process: ChildProcess;
  /** What it says. */
  readonly lines: AsyncIterator<string>;
  /** The next line that it says. */
  next(): Promise<string>;
  kill(): Promise<void>;
}

/** Call at the top of a test file. */
export function prepareChildren(): (task: string, place: string, detail?: string) => Child {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'portcullis-child-'));
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(directory, 'node_modules'));
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(import.meta.dirname, 'child.sample.ts'),
        outDir: directory,
        emptyOutDir: false,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
      },
    });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return (task, place, detail = '') => startChild(join(directory, 'child.mjs'), [task, place, detail]);
}

function startChild(program: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return {
    process: child,
    lines,
    kill,
    async next() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the process ended without a word');
      return value;
    },
  };
}
