import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Grant, Inventory, Policy, ToolClass } from '../../api/types.ts';
import { grantsUnder } from '../../policy/reaching-grants.ts';
import { effectOn, type Effect } from '../../policy/effect.ts';

export interface Caller {
  readonly grant: Grant;
  readonly policy: Policy;
  readonly kind: Extract<Effect['kind'], 'allow' | 'conditional' | 'ask'>;
}

/** A tool with everybody who can call it. */
export interface Reach {
  readonly item: Inventory;
  readonly tool: Inventory['tools'][number];
  readonly callers: readonly Caller[];
}

const ORDER: readonly ToolClass[] = ['Financial', 'Destructive', 'Execute', 'Write', 'Read'];

/** Who can call what, the gravest tools first. Revoked and expired grants, and grants without a policy, reach nothing. */
export function reachOf(items: readonly Inventory[], now = Date.now()): readonly Reach[] {
  const reaches = items.flatMap((item) => {
    const users = item.policies.map((policy) => ({
      policy,
      grants: grantsUnder(items, policy.id).filter(
        ({ revokedAt, expiresAt }) =>
          revokedAt === null && (expiresAt === null || new Date(expiresAt).getTime() > now),
      ),
    }));
    return item.tools.map((tool): Reach => {
      const callers = users
        .filter(({ grants }) => grants.length > 0)
        .flatMap(({ policy, grants }) => {
          const { kind } = effectOn(policy.document as unknown as PolicyDocument, tool);
          return kind === 'deny' || kind === 'hide'
            ? []
            : grants.map((grant): Caller => ({ grant, policy, kind }));
        });
      return { item, tool, callers };
    });
  });
  return reaches.toSorted((a, b) => ORDER.indexOf(a.tool.class) - ORDER.indexOf(b.tool.class));
}
