import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Grant, Inventory, Policy, ToolClass } from '../../api/types.ts';
import { effectOn, type Effect } from '../../policy/effect.ts';
import { activeUnder } from '../../policy/grant-counts.ts';

/** The active grants under a policy that lets a tool through. */
export interface Callers {
  readonly policy: Policy;
  readonly kind: Extract<Effect['kind'], 'allow' | 'conditional' | 'ask'>;
  readonly count: number;
  /** Those of them that are known: what was looked for, then the newest. */
  readonly known: readonly Grant[];
}

/** A tool with everybody who can call it. */
export interface Reach {
  readonly item: Inventory;
  readonly tool: Inventory['tools'][number];
  readonly callers: readonly Callers[];
}

const ORDER: readonly ToolClass[] = ['Financial', 'Destructive', 'Execute', 'Write', 'Read'];

/**
 * Who can call what, the gravest tools first. Revoked and expired grants, and grants without a policy, reach nothing.
 * @param found grants that were looked for
 */
export function reachOf(
  items: readonly Inventory[],
  found: readonly Grant[] = [],
  now = Date.now(),
): readonly Reach[] {
  const known = knownByPolicy([...found, ...items.flatMap(({ grants }) => grants)], now);
  const reaches = items.flatMap((item) => {
    const users = item.policies
      .map((policy) => ({ policy, count: activeUnder(item, policy.id), known: known.get(policy.id) ?? [] }))
      .filter(({ count }) => count > 0);
    return item.tools.map((tool): Reach => {
      const callers = users.flatMap((user): Callers[] => {
        const { kind } = effectOn(user.policy.document as unknown as PolicyDocument, tool);
        return kind === 'deny' || kind === 'hide' ? [] : [{ ...user, kind }];
      });
      return { item, tool, callers };
    });
  });
  return reaches.toSorted((a, b) => ORDER.indexOf(a.tool.class) - ORDER.indexOf(b.tool.class));
}

/** Active grants by each of their policies. */
export function knownByPolicy(grants: readonly Grant[], now = Date.now()): ReadonlyMap<string, Grant[]> {
  const known = new Map<string, Map<string, Grant>>();
  for (const grant of grants) {
    if (grant.revokedAt !== null) continue;
    if (grant.expiresAt !== null && new Date(grant.expiresAt).getTime() <= now) continue;
    for (const { policyId } of grant.servers)
      if (policyId !== null) known.set(policyId, (known.get(policyId) ?? new Map()).set(grant.id, grant));
  }
  return new Map([...known].map(([policyId, byId]) => [policyId, [...byId.values()]]));
}
