/** What the inventory says of how many grants there are: the grants themselves may be very many. */
import type { Inventory } from '../api/types.ts';

export interface GrantSums {
  /** Revoked and expired ones too. */
  readonly total: number;
  /** Neither revoked nor expired. */
  readonly active: number;
  /** Active, but not for more than a week. */
  readonly ending: number;
  /** Active, and without a policy on the server. */
  readonly bare: number;
}

/** Of the grants that reach a server. */
export function grantsAt({ grantCounts }: Pick<Inventory, 'grantCounts'>): GrantSums {
  const sum = (of: (count: Inventory['grantCounts'][number]) => number): number =>
    grantCounts.reduce((so, count) => so + of(count), 0);
  return {
    total: sum(({ total }) => total),
    active: sum(({ active }) => active),
    ending: sum(({ ending }) => ending),
    bare: sum(({ policyId, active }) => (policyId === null ? active : 0)),
  };
}

/** How many active grants have a policy. */
export function activeUnder({ grantCounts }: Pick<Inventory, 'grantCounts'>, policyId: string): number {
  return grantCounts.find((count) => count.policyId === policyId)?.active ?? 0;
}
