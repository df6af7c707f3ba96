/** Grants by where they reach: one grant may reach several servers, and stands in the inventory under its first. */
import type { Grant, Inventory } from '../api/types.ts';

export function grantsOn(items: readonly Inventory[], serverId: string): readonly Grant[] {
  return reaching(items, (at) => at.serverId === serverId);
}

export function grantsUnder(items: readonly Inventory[], policyId: string): readonly Grant[] {
  return reaching(items, (at) => at.policyId === policyId);
}

function reaching(
  items: readonly Inventory[],
  fits: (at: Grant['servers'][number]) => boolean,
): readonly Grant[] {
  return items.flatMap(({ grants }) => grants.filter(({ servers }) => servers.some(fits)));
}
