/** What a command may touch of the process it runs in. */
import { userInfo } from 'node:os';
import type { KnownToolView } from '../gateway/index.ts';
import { confirm, type Actor, type Registry } from '../registry/index.ts';
import type { EnvironmentVariables, ServerRow } from '../store/index.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { openInstallation, type Installation } from './installation.ts';
import { unknownVariables } from './unknown-variables.ts';

/** Asks a registered server for its tools and stores them. @throws PC_UPSTREAM_* */
export type ProbeServer = (
  server: ServerRow,
  installation: Installation,
  environment: Environment,
) => Promise<readonly KnownToolView[]>;

export interface Io {
  readonly variables: EnvironmentVariables;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Says that a check failed: the exit code will be 1. */
  readonly fail: () => void;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  readonly probe?: ProbeServer;
  /** Asks the user; absent when there is nobody to ask. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** Runs `work` on the installation that the environment names, and closes it. */
export async function withInstallation<T>(
  io: Io,
  work: (installation: Installation, environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = readEnvironment(io.variables);
  const unknown = unknownVariables(io.variables);
  if (unknown !== undefined) io.err(`portcullis: ${unknown}`);
  const installation = await openInstallation(environment);
  try {
    return await work(installation, environment);
  } finally {
    await installation.store.close();
  }
}

/** Makes a change, and warns when a running gateway does not act on it in time. */
export async function changed<T>(io: Io, registry: Registry, change: () => Promise<T>): Promise<T> {
  const { value, confirmed } = await confirm(registry, change);
  if (!confirmed)
    io.err('portcullis: saved, but a running gateway has not confirmed it within 5 s; see its /readyz');
  return value;
}

export function cliActor(): Actor {
  return { name: `command line (${userName()})`, source: 'cli' };
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown user';
  }
}
