/** A folder with configuration files, and the program run in it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAM, runToEnd } from '../kit/index.ts';

export const HOSTILE = fileURLToPath(new URL('hostile-server.mjs', import.meta.url));

export interface Report {
  readonly grade: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly { readonly id: string; readonly evidence: string }[];
  readonly servers: readonly {
    readonly name: string;
    readonly status: string;
    readonly trouble?: string;
    readonly identity: string;
    readonly grade: string;
    readonly toolCount: number;
    readonly prompts: number;
    readonly resources: number;
    readonly tools: readonly { readonly name: string; readonly class: string }[];
    readonly findings: readonly {
      readonly id: string;
      readonly severity: string;
      readonly evidence: string;
    }[];
  }[];
}

export interface Bench {
  readonly folder: string;
  write(name: string, content: string | object): string;
  read(name: string): string;
  run(args: readonly string[], env?: Record<string, string>): ReturnType<typeof runToEnd>;
  /** `run` with `--json`, and what it printed. */
  report(
    args: readonly string[],
    env?: Record<string, string>,
  ): Promise<Report & { readonly code: number | null }>;
  remove(): void;
}

export function openBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-scan-'));
  const run: Bench['run'] = (args, env = {}) =>
    runToEnd(PROGRAM, ['scan', ...args], { cwd: folder, env: { HOME: folder, ...env } });
  return {
    folder,
    write: (name, content) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
      return path;
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    run,
    report: async (args, env) => {
      const { stdout, stderr, code } = await run(['--json', ...args], env);
      try {
        return { ...(JSON.parse(stdout) as Report), code };
      } catch {
        throw new Error(`no report, exit code ${code}: ${stderr}`);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
