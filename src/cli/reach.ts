/** Who can call what, as far as that can be said without a call: what the Stack page of the dashboard shows. */
import { storedViews } from '../gateway/index.ts';
import { compilePolicy, stanceOf, TOOL_CLASSES, type Stance, type ToolClass } from '../policy/index.ts';
import { listServers, readPolicySource, requireServer, type Registry } from '../registry/index.ts';
import { serversOf, type GrantRow, type PolicyRow } from '../store/index.ts';
import { bookOf } from './tool-facts.ts';

/** A tool that grants with one policy can call. */
export interface Reach {
  readonly server: string;
  readonly tool: string;
  readonly class: string;
  readonly severity: string;
  readonly policy: string;
  /** `depends`: arguments, counters, the grant or the client decide. */
  readonly how: Exclude<Stance['stance'], 'deny' | 'hide'>;
  /** What asks, or decides; '' for a plain allow. */
  readonly rule: string;
  readonly grants: readonly { readonly id: string; readonly label: string }[];
}

export interface ReachFilter {
  /** Id or slug. */
  readonly server?: string | undefined;
  /** The id of a grant. */
  readonly grant?: string | undefined;
  readonly tool?: string | undefined;
  readonly class?: ToolClass | undefined;
}

export interface Reaches {
  readonly reaches: readonly Reach[];
  /** Servers, by slug, that grants reach but that never listed a tool. */
  readonly unknown: readonly string[];
}

/** The gravest tools first. Revoked and expired grants, and grants without a policy, reach nothing. @throws PC_API_NOT_FOUND for a server */
export async function reachOf(registry: Registry, filter: ReachFilter): Promise<Reaches> {
  const { store } = registry;
  const servers =
    filter.server === undefined
      ? await listServers(registry)
      : [await requireServer(registry, filter.server)];
  const under = await activeUnder(registry, filter.grant);
  const reaches: Reach[] = [];
  const unknown: string[] = [];
  for (const { id, slug } of servers) {
    const policies = (await store.policies.list(id)).filter((policy) => under.has(policy.id));
    if (policies.length === 0) continue;
    const { facts } = await bookOf(registry, id);
    const listed = await storedViews(store, id);
    if (listed.length === 0) unknown.push(slug);
    const tools = listed.filter(
      (tool) =>
        (filter.tool === undefined || tool.name === filter.tool) &&
        (filter.class === undefined || tool.class === filter.class),
    );
    for (const policy of policies) {
      const compiled = compiledOf(policy);
      for (const { name, class: toolClass, severity } of tools) {
        const { stance, rule } = stanceOf(compiled, facts(name));
        if (stance === 'deny' || stance === 'hide') continue;
        const about = { server: slug, tool: name, class: toolClass, severity, policy: policy.name };
        reaches.push({ ...about, how: stance, rule, grants: under.get(policy.id) ?? [] });
      }
    }
  }
  const gravity = (one: Reach): number => TOOL_CLASSES.indexOf(one.class as ToolClass);
  return { reaches: reaches.toSorted((a, b) => gravity(b) - gravity(a)), unknown };
}

function compiledOf({ document }: PolicyRow) {
  return compilePolicy(readPolicySource(document).document);
}

/** Active grants by each policy that they carry. */
async function activeUnder(registry: Registry, only: string | undefined) {
  const now = registry.now();
  const under = new Map<string, { id: string; label: string }[]>();
  for await (const page of registry.store.grants.pages())
    for (const grant of page) {
      if (!isActive(grant, now) || (only !== undefined && grant.id !== only)) continue;
      for (const policyId of new Set(serversOf(grant).map((one) => one.policyId))) {
        if (policyId === null) continue;
        const held = under.get(policyId) ?? [];
        held.push({ id: grant.id, label: grant.label });
        under.set(policyId, held);
      }
    }
  return under;
}

function isActive({ revokedAt, expiresAt }: GrantRow, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
