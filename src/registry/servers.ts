/** Servers: where calls go. Credentials are sealed before they are stored, and never come back. */
import { PortcullisError, type Problem } from '../errors.ts';
import { openSecrets, type SecretBox, type ServerRow } from '../store/index.ts';
import {
  commandProblems,
  headerProblems,
  nameProblems,
  urlProblems,
  variableProblems,
} from './check-target.ts';
import { found, invalid, refuseProblems } from './problems.ts';
import { recordEvent } from './record-event.ts';
import { nextId, type Actor, type Registry } from './registry.ts';
import { serverAuthColumn, serverAuthProblems, type ServerAuthInput } from './server-auth.ts';
import { slugOf } from './slug.ts';

type Secrets = Readonly<Record<string, string>>;

/** Where a server is, and what it takes to get in. */
export type ServerTarget =
  | { readonly transport: 'http' | 'sse'; readonly url: string; readonly headers: Secrets }
  | {
      readonly transport: 'stdio';
      readonly argv: readonly string[];
      readonly env: Secrets;
      readonly cwd?: string;
    };

export interface ServerInput {
  readonly name: string;
  readonly target: ServerTarget;
  /** OAuth; without it the target's secrets are all there is. */
  readonly auth?: ServerAuthInput;
  /** Argument names that differ only in case are two names. */
  readonly caseSensitive?: boolean;
}

export interface ServerChange {
  readonly name?: string;
  readonly url?: string;
  readonly transport?: 'http' | 'sse';
  /** A merge patch (RFC 7396): null removes a header, what is not named stays. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Null ends OAuth. Whatever changes here or in `url` ends the connection too: it was made for something else. */
  readonly auth?: ServerAuthInput | null;
  readonly caseSensitive?: boolean;
  /** Replaces transport, address and secrets at once. */
  readonly target?: ServerTarget;
}

/** What is wrong with a server before anything is stored; empty when nothing is. */
export function serverProblems({ name, target, auth }: ServerInput): Problem[] {
  const secrets = target.transport === 'stdio' ? target.env : target.headers;
  return [
    ...nameProblems(name),
    ...targetProblems(target),
    ...(auth === undefined ? [] : serverAuthProblems(auth, Object.keys(secrets), target.transport)),
  ];
}

/** @throws PC_API_INVALID; PC_API_CONFLICT when another server has the slug */
export async function registerServer(
  registry: Registry,
  actor: Actor,
  input: ServerInput,
): Promise<ServerRow> {
  refuseProblems(serverProblems(input));
  if (input.target.transport === 'stdio' && actor.source === 'api')
    throw invalid('/command', 'Commands come from the configuration file or the command line only.');
  const id = nextId(registry);
  const row = await registry.store.servers.insert({
    id,
    organizationId: registry.organization,
    slug: slugOf(input.name),
    name: input.name,
    ...targetColumns(registry.box, id, input.target),
    auth: serverAuthColumn(registry.box, id, input.auth),
    caseSensitive: input.caseSensitive ?? false,
    source: actor.source,
  });
  await recordEvent(registry, actor, 'server.create', row.id, described(row));
  return row;
}

/**
 * The slug stays what it is: clients hold it.
 * @throws PC_API_NOT_FOUND, PC_API_INVALID; PC_API_PRECONDITION when `expectedVersion` is not the current one
 */
export async function updateServer(
  registry: Registry,
  actor: Actor,
  idOrSlug: string,
  change: ServerChange,
  expectedVersion?: number,
): Promise<ServerRow> {
  const row = await requireServer(registry, idOrSlug);
  const { name, caseSensitive, auth } = change;
  if (name !== undefined) refuseProblems(nameProblems(name));
  const target = change.target ?? changedTarget(registry.box, row, change);
  if (target !== undefined) refuseProblems(targetProblems(target));
  if (target?.transport === 'stdio' && actor.source === 'api')
    throw invalid('/command', 'Commands come from the configuration file or the command line only.');
  const columns = target === undefined ? undefined : targetColumns(registry.box, row.id, target);
  refuseAuthProblems(row, auth, columns);
  const patch = {
    ...(name === undefined ? {} : { name }),
    ...(caseSensitive === undefined ? {} : { caseSensitive }),
    ...(auth === undefined ? {} : { auth: serverAuthColumn(registry.box, row.id, auth) }),
    ...columns,
  };
  // Secrets are merged from the row that was read, so a change in between must not be lost.
  const basis = expectedVersion ?? (target === undefined ? undefined : row.version);
  const updated = await registry.store.servers.update(row.id, patch, basis);
  if (auth !== undefined || updated.url !== row.url) await registry.store.upstreamConnections.remove(row.id);
  await recordEvent(registry, actor, 'server.update', row.id, {
    ...described(updated),
    changed: Object.keys(change),
  });
  return updated;
}

/** Removes its policies, grants and tools too. @throws PC_API_NOT_FOUND, PC_API_PRECONDITION */
export async function removeServer(
  registry: Registry,
  actor: Actor,
  idOrSlug: string,
  expectedVersion?: number,
): Promise<void> {
  const row = await requireServer(registry, idOrSlug);
  if (expectedVersion !== undefined && expectedVersion !== row.version)
    throw new PortcullisError('PC_API_PRECONDITION', { version: row.version });
  await registry.store.servers.remove(row.id);
  await recordEvent(registry, actor, 'server.remove', row.id, described(row));
}

/** By id or slug. @throws PC_API_NOT_FOUND */
export async function requireServer(registry: Registry, idOrSlug: string): Promise<ServerRow> {
  const row = await registry.store.servers.get(idOrSlug);
  return found(row !== undefined && registry.sees(row) ? row : undefined, 'server');
}

/** Every server that whoever asks may see, by slug. */
export async function listServers(registry: Registry): Promise<ServerRow[]> {
  return (await registry.store.servers.list()).filter((row) => registry.sees(row));
}

/** Of the server as it would be: a header that is added later can contradict OAuth as well. */
function refuseAuthProblems(
  row: ServerRow,
  auth: ServerAuthInput | null | undefined,
  columns: TargetColumns | undefined,
): void {
  const { secretNames, transport } = columns ?? row;
  const next = auth === undefined && row.auth ? ({ kind: 'oauth' } as const) : auth;
  if (next) refuseProblems(serverAuthProblems(next, secretNames, transport));
}

function targetProblems(target: ServerTarget): Problem[] {
  return target.transport === 'stdio'
    ? [...commandProblems(target.argv), ...variableProblems(target.env)]
    : [...urlProblems(target.url), ...headerProblems(target.headers)];
}

/** Undefined when the change does not touch where calls go. */
function changedTarget(box: SecretBox, row: ServerRow, change: ServerChange): ServerTarget | undefined {
  const { url, transport, headers } = change;
  if (url === undefined && transport === undefined && headers === undefined) return undefined;
  if (row.transport === 'stdio' || row.url === null)
    throw invalid(
      '',
      'This server runs a command; its target changes in the configuration file or the command line only.',
    );
  return {
    transport: transport ?? row.transport,
    url: url ?? row.url,
    headers: headers === undefined ? openSecrets(box, row) : mergedHeaders(openSecrets(box, row), headers),
  };
}

function mergedHeaders(
  before: Secrets,
  patch: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const touched = new Set(Object.keys(patch).map((name) => name.toLowerCase()));
  const kept = Object.entries(before).filter(([name]) => !touched.has(name.toLowerCase()));
  const set = Object.entries(patch).filter((pair): pair is [string, string] => pair[1] !== null);
  return Object.fromEntries([...kept, ...set]);
}

type TargetColumns = Pick<ServerRow, 'transport' | 'url' | 'command' | 'sealedSecrets' | 'secretNames'>;

function targetColumns(box: SecretBox, id: string, target: ServerTarget): TargetColumns {
  const secrets = target.transport === 'stdio' ? target.env : target.headers;
  const names = Object.keys(secrets).toSorted();
  const sealed = {
    sealedSecrets: names.length === 0 ? null : box.seal(JSON.stringify(secrets), { table: 'servers', id }),
    secretNames: names,
  };
  if (target.transport !== 'stdio')
    return { transport: target.transport, url: target.url, command: null, ...sealed };
  const { argv, cwd } = target;
  return { transport: 'stdio', url: null, command: cwd === undefined ? { argv } : { argv, cwd }, ...sealed };
}

function described({ name, slug, transport, url, secretNames }: ServerRow) {
  return { name, slug, transport, url, secretNames };
}
