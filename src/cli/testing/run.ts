/** Commands run in this process, on a data directory of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation, type Installation } from '../installation.ts';
import { readEnvironment } from '../environment.ts';
import { addCommands } from '../commands/add-commands.ts';
import { runProgram } from '../program.ts';
import type { ProbeServer } from '../io.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Bench {
  readonly home: string;
  readonly variables: Record<string, string>;
  run(...args: string[]): Promise<Ran>;
  /** Writes a file into the data directory; its path. */
  file(name: string, content: string | object): Promise<string>;
  /** The installation, for looking; the caller closes its store. */
  open(): Promise<Installation>;
  close(): Promise<void>;
}

/** A command in this process, with what a process would have printed. @param variables the whole environment of it */
export async function runHere(
  variables: Readonly<Record<string, string | undefined>>,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const ran = { stdout: '', stderr: '' };
  const io = {
    variables,
    out: (line: string) => void (ran.stdout += `${line}\n`),
    err: (line: string) => void (ran.stderr += `${line}\n`),
    signal: new AbortController().signal,
  };
  return { code: await runProgram(args, io, [addCommands]), ...ran };
}

export async function openBench(
  options: { readonly probe?: ProbeServer; readonly signal?: AbortSignal } = {},
): Promise<Bench> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-cli-'));
  const variables: Record<string, string> = { PORTCULLIS_HOME: home };
  return {
    home,
    variables,
    async run(...args) {
      const out: string[] = [];
      const err: string[] = [];
      const io = {
        variables,
        out: (line: string) => void out.push(line),
        err: (line: string) => void err.push(line),
        signal: options.signal ?? new AbortController().signal,
      };
      const whole = options.probe === undefined ? io : { ...io, probe: options.probe };
      const code = await runProgram(args, whole, [addCommands]);
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    async file(name, content) {
      const path = join(home, name);
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    open: () => openInstallation(readEnvironment(variables)),
    close: () => rm(home, { recursive: true, force: true }),
  };
}
