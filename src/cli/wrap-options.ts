/** Reads the options of `portcullis wrap`: which server, how to reach it, what to call it. */
import { basename } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { LocalSettings } from '../gateway/index.ts';
import { slugOf } from '../registry/index.ts';
import { headersOf, variablesOf } from './arguments.ts';

export interface WrapOptions {
  readonly policy: string;
  readonly upstream?: string;
  readonly transport?: 'http' | 'sse';
  readonly header: readonly string[];
  readonly env: readonly string[];
  readonly listen?: number;
  readonly token?: string;
  readonly name?: string;
}

/** @throws InvalidArgumentError saying which option is wrong */
export function wrapTarget(
  command: readonly string[],
  options: WrapOptions,
): Pick<LocalSettings, 'name' | 'slug' | 'config'> {
  const [program, ...rest] = command;
  if ((program === undefined) === (options.upstream === undefined)) {
    throw new InvalidArgumentError('wrap needs either --upstream URL or -- command, and not both');
  }
  refuseIdleOptions(options);
  if (options.upstream !== undefined) {
    const name = options.name ?? hostOf(options.upstream);
    const config = {
      transport: options.transport ?? ('http' as const),
      url: options.upstream,
      headers: headersOf(options.header),
    };
    return { name, slug: slugOf(name), config };
  }
  const argv: [string, ...string[]] = [program!, ...rest];
  const name = options.name ?? nameOf(argv);
  return {
    name,
    slug: slugOf(name),
    config: {
      transport: 'stdio',
      command: argv,
      env: { ...inherited(), ...variablesOf(options.env, process.env) },
    },
  };
}

/** What would have no effect was meant to have one. */
function refuseIdleOptions({ upstream, transport, header, env, listen, token }: WrapOptions): void {
  if (upstream === undefined && (transport !== undefined || header.length > 0))
    throw new InvalidArgumentError('--transport and --header go with --upstream');
  if (upstream !== undefined && env.length > 0) throw new InvalidArgumentError('--env goes with -- command');
  if (listen === undefined && token !== undefined)
    throw new InvalidArgumentError('--token goes with --listen');
}

/** The wrapped server gets what the client gave this process, as if it had been started directly; our own settings stay here. */
function inherited(): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('PORTCULLIS_')) passed[name] = value;
  }
  return passed;
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) throw new InvalidArgumentError(`--upstream wants a URL, not "${url}"`);
  return new URL(url).host;
}

const RUNNER = /^(?:npx|node|bunx|bun|deno|uvx|pnpm|yarn|python3?)(?:\.cmd|\.exe)?$/;

/** The part of a command line that tells servers apart: the package or script, not the runner. */
function nameOf(command: readonly string[]): string {
  const telling = command.find((word) => !word.startsWith('-') && !RUNNER.test(basename(word)));
  return basename(telling ?? command[0] ?? 'server');
}

export function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new InvalidArgumentError('expected a port from 0 to 65535');
  return value;
}
