import type { Json } from '../json.ts';
import { nextIds, type Actor, type Registry } from './registry.ts';

interface AdminEvent {
  readonly action: string;
  readonly subject: string;
  /** Never holds a secret. */
  readonly detail: Json;
}

/** One line of the admin audit: who changed what. The detail never holds a secret. */
export function recordEvent(
  registry: Registry,
  actor: Actor,
  action: string,
  subject: string,
  detail: Json,
): Promise<void> {
  return recordEvents(registry, actor, [{ action, subject, detail }]);
}

/** A line for each, in this order; all of them or none. */
export async function recordEvents(
  registry: Registry,
  actor: Actor,
  events: readonly AdminEvent[],
): Promise<void> {
  const ids = nextIds(registry, events.length);
  const shared = { at: registry.now(), organizationId: registry.organization, actor: actor.name };
  await registry.store.events.insertAll(
    events.map((event, place) => ({ id: ids[place]!, ...shared, ...event })),
  );
}
