/** A child process whose output is kept and can be waited for. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly exited: Promise<Exit>;
  /** Everything printed so far, standard output and standard error as they came. */
  output(): string;
  /** The first line of standard output or standard error that matches. Rejects when the process ends without it, or after `timeoutMs` (20 s). */
  line(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Sends a signal (SIGTERM) and waits for the end; after `graceMs` (10 s) SIGKILL. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<Exit>;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Starts a Node.js script. `env` is laid over ours; an undefined value removes a variable. */
export function runNode(
  script: string,
  args: readonly string[],
  options: ProcessOptions = {},
): RunningProcess {
  return runCommand(process.execPath, [script, ...args], options);
}

export function runCommand(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): RunningProcess {
  const child = spawn(command, args, { env: { ...process.env, ...options.env }, cwd: options.cwd });
  const pieces: string[] = [];
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      pieces.push(text);
      for (const watcher of watchers) watcher();
    });
  }
  const output = (): string => pieces.join('');
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      pieces.push(String(error));
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  child.stdin.on('error', () => {});
  return {
    child,
    exited,
    output,
    line: (pattern, timeoutMs = 20_000) =>
      waitForLine({ output, exited, watchers, name: `${command} ${args.join(' ')}` }, pattern, timeoutMs),
    stop: async (signal = 'SIGTERM', graceMs = 10_000) => {
      if (child.exitCode !== null || child.signalCode !== null) return exited;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

interface Watched {
  readonly output: () => string;
  readonly exited: Promise<Exit>;
  readonly watchers: Set<() => void>;
  readonly name: string;
}

async function waitForLine(
  { output, exited, watchers, name }: Watched,
  pattern: RegExp,
  timeoutMs: number,
): Promise<RegExpExecArray> {
  const multiline = new RegExp(
    pattern.source,
    pattern.flags.includes('m') ? pattern.flags : `${pattern.flags}m`,
  );
  let look: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<RegExpExecArray>((resolve, reject) => {
      look = () => {
        const found = multiline.exec(output());
        if (found !== null) resolve(found);
      };
      const fail = (why: string): void =>
        reject(new Error(`${name} ${why} ${String(pattern)}:\n${output()}`));
      timer = setTimeout(() => fail(`did not print within ${timeoutMs} ms`), timeoutMs);
      watchers.add(look);
      look();
      exited.then(
        ({ code, signal }) => fail(`ended (${code ?? signal}) without`),
        () => {},
      );
    });
  } finally {
    if (look !== undefined) watchers.delete(look);
    clearTimeout(timer);
  }
}

/** Runs a Node.js script to its end, with `input` on standard input. */
export async function runToEnd(
  script: string,
  args: readonly string[],
  options: ProcessOptions & { readonly input?: string; readonly timeoutMs?: number } = {},
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}
