import type { OrganizationRow } from '../store/index.ts';
import { recordEvent } from './record-event.ts';
import { nextId, scoped, type Actor, type Registry } from './registry.ts';

/** Another organization, with a person as its first admin. */
export async function createOrganization(
  registry: Registry,
  actor: Actor,
  userId: string,
  name: string,
): Promise<OrganizationRow> {
  const { members, organizations } = registry.store.accounts;
  const row = await organizations.init({ id: nextId(registry), name });
  await members.put({ id: nextId(registry), organizationId: row.id, userId, role: 'admin' });
  await recordEvent(scoped(registry, row.id), actor, 'organization.create', row.id, { name });
  return row;
}
