/** Policies: every save is a new, immutable version. What does not parse is never stored. */
import { PortcullisError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { PolicyRow } from '../store/index.ts';
import { nameProblems } from './check-target.ts';
import { readPolicySource, type PolicySource } from './policy-source.ts';
import { found, invalid, refuseProblems } from './problems.ts';
import { recordEvent } from './record-event.ts';
import { nextId, type Actor, type Registry } from './registry.ts';
import { requireServer } from './servers.ts';
import { ofVisibleServer } from './visible.ts';

export interface PolicyInput {
  readonly name: string;
  /** An object in any accepted spelling, or JSON or YAML text. */
  readonly document: Json;
  readonly note?: string | undefined;
}

export interface SavedPolicy {
  readonly row: PolicyRow;
  readonly notes: PolicySource['notes'];
}

/** @throws PC_POLICY_INVALID, PC_API_INVALID, PC_API_NOT_FOUND; PC_API_CONFLICT when the server has a policy of this name */
export async function createPolicy(
  registry: Registry,
  actor: Actor,
  server: string,
  input: PolicyInput,
): Promise<SavedPolicy> {
  refuseProblems(nameProblems(input.name));
  const { id: serverId } = await requireServer(registry, server);
  const { document, written, notes } = readPolicySource(input.document);
  const row = await registry.store.policies.insert({
    id: nextId(registry),
    serverId,
    name: input.name,
    source: actor.source,
    document: document as unknown as Json,
    written,
    note: input.note ?? null,
    author: actor.name,
  });
  await recordEvent(registry, actor, 'policy.create', row.id, described(row));
  return { row, notes };
}

/** @throws PC_POLICY_INVALID, PC_API_INVALID, PC_API_NOT_FOUND, PC_API_CONFLICT; PC_API_PRECONDITION when `expectedVersion` is not the current one */
export async function savePolicy(
  registry: Registry,
  actor: Actor,
  id: string,
  change: { readonly name?: string | undefined; readonly document: Json; readonly note?: string | undefined },
  expectedVersion?: number,
): Promise<SavedPolicy> {
  const { name } = change;
  if (name !== undefined) refuseProblems(nameProblems(name));
  await requirePolicy(registry, id);
  const { document, written, notes } = readPolicySource(change.document);
  const row = await registry.store.policies.save(
    id,
    {
      ...(name === undefined ? {} : { name }),
      document: document as unknown as Json,
      written,
      note: change.note ?? null,
      author: actor.name,
    },
    expectedVersion,
  );
  await recordEvent(registry, actor, 'policy.save', id, described(row));
  return { row, notes };
}

/** Saves an earlier version as the newest one. @throws PC_API_NOT_FOUND, PC_API_INVALID, PC_POLICY_INVALID, PC_API_PRECONDITION */
export async function rollbackPolicy(
  registry: Registry,
  actor: Actor,
  id: string,
  version: number,
  expectedVersion?: number,
): Promise<SavedPolicy> {
  await requirePolicy(registry, id);
  const earlier = (await registry.store.policies.versions(id)).find((one) => one.version === version);
  if (earlier === undefined) throw invalid('/version', `There is no version ${version} of this policy.`);
  // Read anew: what an older release stored must pass today's checks.
  const { document, notes } = readPolicySource(earlier.document);
  const row = await registry.store.policies.save(
    id,
    {
      document: document as unknown as Json,
      written: earlier.written,
      note: `back to version ${version}`,
      author: actor.name,
    },
    expectedVersion,
  );
  await recordEvent(registry, actor, 'policy.rollback', id, { ...described(row), to: version });
  return { row, notes };
}

/** Grants that carried it deny every call afterwards. @throws PC_API_NOT_FOUND, PC_API_PRECONDITION */
export async function removePolicy(
  registry: Registry,
  actor: Actor,
  id: string,
  expectedVersion?: number,
): Promise<void> {
  const row = await requirePolicy(registry, id);
  if (expectedVersion !== undefined && expectedVersion !== row.version)
    throw new PortcullisError('PC_API_PRECONDITION', { version: row.version });
  await registry.store.policies.remove(id);
  await recordEvent(registry, actor, 'policy.remove', id, described(row));
}

/** @throws PC_API_NOT_FOUND */
export async function requirePolicy(registry: Registry, id: string): Promise<PolicyRow> {
  return found(await ofVisibleServer(registry, await registry.store.policies.get(id)), 'policy');
}

function described({ name, serverId, version }: PolicyRow) {
  return { name, serverId, version };
}
