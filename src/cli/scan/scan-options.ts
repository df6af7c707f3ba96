/** Reads the options of `portcullis scan`. What does not fit together is a usage error. */
import { basename, extname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { SCAN_SEVERITIES, type ScanSeverity, type StatedServer } from '../../catalog/index.ts';
import { headersOf, variablesOf } from '../arguments.ts';
import type { Machine } from './known-files.ts';

export const FORMATS = ['table', 'json', 'sarif', 'markdown', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export interface ScanFlags {
  readonly upstream?: string;
  readonly transport?: 'http' | 'sse';
  readonly header: readonly string[];
  readonly env: readonly string[];
  readonly config: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
  readonly format?: Format;
  readonly output: readonly string[];
  readonly failOn?: ScanSeverity;
  readonly lock?: string;
  readonly updateLock?: boolean;
  readonly policy?: string;
  readonly attack?: boolean;
  readonly yes?: boolean;
  readonly static?: boolean;
  readonly timeout: number;
}

/** @returns the server that the command line itself names, or undefined when files are to be read */
export function namedServer(
  command: readonly string[],
  flags: ScanFlags,
  machine: Machine,
): StatedServer | undefined {
  const { upstream, header, env, config, all, transport } = flags;
  const sources = [upstream !== undefined, command.length > 0, config.length > 0 || all === true];
  if (sources.filter(Boolean).length !== 1)
    throw new InvalidArgumentError('scan needs one of --upstream URL, --config FILE, --all, or -- command');
  if (upstream === undefined && (header.length > 0 || transport !== undefined))
    throw new InvalidArgumentError('--header and --transport go with --upstream');
  if (command.length === 0 && env.length > 0) throw new InvalidArgumentError('--env goes with -- command');
  if (flags.json === true && flags.format !== undefined && flags.format !== 'json')
    throw new InvalidArgumentError('--json and --format contradict each other');
  if (flags.static === true && sources[2] === false)
    throw new InvalidArgumentError('--static goes with --config and --all');
  const places = new Map();
  const client = 'command line';
  if (upstream !== undefined) {
    if (!URL.canParse(upstream) || !/^https?:$/.test(new URL(upstream).protocol))
      throw new InvalidArgumentError(`--upstream wants an http:// or https:// URL, not "${upstream}"`);
    const target = { transport: transport ?? ('http' as const), url: upstream, headers: headersOf(header) };
    return { name: new URL(upstream).host, client, target, places };
  }
  if (command.length === 0) return undefined;
  const target = { transport: 'stdio' as const, command, env: variablesOf(env, machine.variables) };
  return { name: nameOf(command), client, target, places };
}

const RUNNER = /^(?:npx|node|bunx|bun|deno|uvx|pnpm|yarn|python3?|docker|run|exec|dlx)(?:\.cmd|\.exe)?$/;

function nameOf(command: readonly string[]): string {
  const telling = command.find((word) => !word.startsWith('-') && !RUNNER.test(basename(word)));
  return basename(telling ?? command[0]!).replace(/(?<=.)@[^@]*$/, '');
}

export function formatOf(text: string): Format {
  const format = FORMATS.find((known) => known === text.toLowerCase());
  if (format === undefined) throw new InvalidArgumentError(`expected ${FORMATS.join(', ')}`);
  return format;
}

export function severityOf(text: string): ScanSeverity {
  const severity = SCAN_SEVERITIES.find((known) => known === text.toLowerCase());
  if (severity === undefined) throw new InvalidArgumentError(`expected ${SCAN_SEVERITIES.join(', ')}`);
  return severity;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.sarif': 'sarif',
  '.md': 'markdown',
  '.html': 'html',
  '.txt': 'table',
};

/** What `--format` says, else what the file's name says, else a table. */
export function formatFor({ format, json }: Pick<ScanFlags, 'format' | 'json'>, file?: string): Format {
  const asked = json === true ? 'json' : format;
  return asked ?? (file === undefined ? undefined : EXTENSIONS[extname(file).toLowerCase()]) ?? 'table';
}
