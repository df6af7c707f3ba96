import type { Json } from '../json.ts';
import { nextId, type Actor, type Registry } from './registry.ts';

/** One line of the admin audit: who changed what. The detail never holds a secret. */
export async function recordEvent(
  registry: Registry,
  actor: Actor,
  action: string,
  subject: string,
  detail: Json,
): Promise<void> {
  await registry.store.events.insert({
    id: nextId(registry),
    at: registry.now(),
    organizationId: registry.organization,
    actor: actor.name,
    action,
    subject,
    detail,
  });
}
