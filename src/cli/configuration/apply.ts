/**
 * Carries out a plan, in an order that never opens a hole: what goes, goes first; grants for which several things change
 * have no policy until everything is in place. A failure in between leaves less allowed, never more, and the next run goes on.
 */
import {
  createPolicy,
  mintGrants,
  patchGrant,
  registerServer,
  removeGrant,
  removePolicy,
  removeServer,
  rotateGrant,
  savePolicy,
  updateServer,
  type Actor,
  type GrantServerInput,
  type Registry,
} from '../../registry/index.ts';
import { hashToken, serversOf, type GrantRow } from '../../store/index.ts';
import { policyKey, type Plan } from './plan.ts';
import type { ConfiguredGrant, ConfiguredPolicy } from './types.ts';

const ACTOR: Actor = { name: 'configuration file', source: 'config' };

/** Grants that are minted in one change: other changes wait for it. */
const TOGETHER = 1_000;

/** @throws what the registry throws; the plan was checked, so only for what changed meanwhile */
export async function applyConfiguration(registry: Registry, plan: Plan): Promise<void> {
  const serverIds = new Map(plan.serverIds);
  const policyIds = new Map(plan.policyIds);
  for (const { id } of plan.grants.remove) await removeGrant(registry, ACTOR, id);
  for (const { id } of plan.servers.remove) await removeServer(registry, ACTOR, id);
  for (const row of plan.detached) {
    const servers = stillReached(plan, row).map(({ server }) => ({ server, policyId: null }));
    await patchGrant(registry, ACTOR, row.id, { servers });
  }
  for (const { slug, ...server } of plan.servers.create)
    serverIds.set(slug, (await registerServer(registry, ACTOR, server)).id);
  for (const { row, wanted, members } of plan.servers.update) {
    const { name, target, auth = null, caseSensitive = false } = wanted;
    // Saying it again would end the connection.
    const access = members.includes('auth') ? { auth } : {};
    await updateServer(registry, ACTOR, row.id, { name, target, caseSensitive, ...access });
  }
  for (const policy of plan.policies.create) {
    const { row } = await createPolicy(registry, ACTOR, serverIds.get(policy.server)!, {
      name: policy.name,
      document: policy.written,
    });
    policyIds.set(policyKey(policy.server, policy.name), row.id);
  }
  for (const { row, wanted } of plan.policies.update)
    await savePolicy(registry, ACTOR, row.id, { document: wanted.written });
  await changeGrants(registry, plan, serverIds, policyIds);
  for (let from = 0; from < plan.grants.create.length; from += TOGETHER)
    await mintGrants(
      registry,
      ACTOR,
      plan.grants.create.slice(from, from + TOGETHER).map((grant) => ({
        ...heldOf(grant),
        label: grant.label,
        token: grant.token,
        servers: reachOf(grant, serverIds, policyIds),
      })),
    );
  for (const { id } of plan.policies.remove) await removePolicy(registry, ACTOR, id);
}

async function changeGrants(
  registry: Registry,
  plan: Plan,
  serverIds: ReadonlyMap<string, string>,
  policyIds: ReadonlyMap<string, string>,
): Promise<void> {
  const rotated = plan.grants.update.filter(({ members }) => members.includes('token'));
  const held = new Set(rotated.map(({ row }) => row.tokenHash));
  // Tokens that change hands are first let go of by their holder.
  for (const { row } of rotated.filter(({ row }) => rotated.some(({ wanted }) => takes(wanted, row, held))))
    await rotateGrant(registry, ACTOR, row.id);
  for (const { row, wanted } of rotated) await rotateGrant(registry, ACTOR, row.id, { token: wanted.token });
  for (const { row, wanted } of plan.grants.update) {
    const servers = reachOf(wanted, serverIds, policyIds);
    await patchGrant(registry, ACTOR, row.id, { servers, ...heldOf(wanted) });
  }
  const updated = new Set(plan.grants.update.map(({ row }) => row.id));
  for (const row of plan.detached)
    if (!updated.has(row.id)) await patchGrant(registry, ACTOR, row.id, { servers: stillReached(plan, row) });
}

/** What a grant carries besides its name, its token and what it reaches. */
function heldOf({ tags, owner, ownerId, allowedAddresses, expiresAt }: ConfiguredGrant) {
  return { tags, owner, allowedAddresses, expiresAt, ...(ownerId === undefined ? {} : { ownerId }) };
}

function reachOf(
  { server, policy, further }: ConfiguredGrant,
  serverIds: ReadonlyMap<string, string>,
  policyIds: ReadonlyMap<string, string>,
): GrantServerInput[] {
  return [{ server, policy }, ...further].map((one) => ({
    server: serverIds.get(one.server)!,
    policyId: policyIds.get(policyKey(one.server, one.policy))!,
  }));
}

/** Without the servers that are gone by now. */
function stillReached(plan: Plan, row: GrantRow): GrantServerInput[] {
  const gone = new Set(plan.servers.remove.map(({ id }) => id));
  return serversOf(row)
    .filter(({ serverId }) => !gone.has(serverId))
    .map(({ serverId, policyId }) => ({ server: serverId, policyId }));
}

function takes({ token }: ConfiguredGrant, row: GrantRow, held: ReadonlySet<string>): boolean {
  return token !== undefined && held.has(row.tokenHash) && hashToken(token) === row.tokenHash;
}

/** One line for each change, for people: `+ server orgo`, `~ grant alice (policy)`, `- policy old`. */
export function describePlan(plan: Plan): string[] {
  const slugs = new Map([...plan.serverIds].map(([slug, id]) => [id, slug]));
  const of = (row: { serverId: string }): string => slugs.get(row.serverId) ?? '?';
  const policyName = ({ server, name }: ConfiguredPolicy): string => `policy ${server}/${name}`;
  return [
    ...plan.grants.remove.map((row) => `- grant ${of(row)}/${row.label}`),
    ...plan.servers.remove.map((row) => `- server ${row.slug}`),
    ...plan.servers.create.map(({ slug }) => `+ server ${slug}`),
    ...plan.servers.update.map(({ row, members }) => `~ server ${row.slug} (${members.join(', ')})`),
    ...plan.policies.create.map((policy) => `+ ${policyName(policy)}`),
    ...plan.policies.update.map(({ wanted, row }) => `~ ${policyName(wanted)} (version ${row.version + 1})`),
    ...plan.grants.update.map(
      ({ wanted, members }) => `~ grant ${wanted.server}/${wanted.label} (${members.join(', ')})`,
    ),
    ...plan.grants.create.map(({ server, label }) => `+ grant ${server}/${label}`),
    ...plan.policies.remove.map((row) => `- policy ${of(row)}/${row.name}`),
  ];
}
