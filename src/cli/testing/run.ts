/** Commands run in this process, on a data directory of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation, type Installation } from '../installation.ts';
import { readEnvironment } from '../environment.ts';
import { addCommands } from '../commands/add-commands.ts';
import { runProgram } from '../program.ts';
import type { Io, ProbeServer } from '../io.ts';

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
  const { code, out, err } = await linesOf(args, { variables });
  const printed = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return { code, stdout: printed(out), stderr: printed(err) };
}

async function linesOf(
  args: readonly string[],
  given: Pick<Io, 'variables'> & Partial<Pick<Io, 'probe' | 'signal'>>,
): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    signal: new AbortController().signal,
    ...given,
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  return { code: await runProgram(args, io, [addCommands]), out, err };
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
      const { code, out, err } = await linesOf(args, { variables, ...options });
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
