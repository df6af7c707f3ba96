/**
 * A change counts when the nodes act on it. A node that does not say so in time is not waited for longer: it may be dead,
 * and the change stands in the database either way; whoever asked is told.
 */
import type { Registry } from './registry.ts';

const PATIENCE_MS = 5000;

export interface Confirmed<T> {
  readonly value: T;
  /** Whether every live node acts on the change. */
  readonly confirmed: boolean;
}

/** Makes a change and waits, for at most 5 s, until every live node acts on it. */
export async function confirm<T>(
  registry: Registry,
  change: () => Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<Confirmed<T>> {
  const value = await change();
  const { store } = registry;
  return { value, confirmed: await store.nodes.confirmed(await store.revision(), patienceMs) };
}
