/** The people of an organization. It keeps at least one admin. */
import type { MemberRole, MembershipRow } from '../store/index.ts';
import { found } from './problems.ts';
import { recordEvent } from './record-event.ts';
import type { Actor, Registry } from './registry.ts';

/** @throws PC_API_NOT_FOUND; PC_API_CONFLICT for the last admin */
export async function changeMember(
  registry: Registry,
  actor: Actor,
  id: string,
  role: MemberRole,
): Promise<MembershipRow> {
  const { members } = registry.store.accounts;
  const before = await requireMember(registry, id);
  await members.setRole(registry.organization, id, role);
  await recordEvent(registry, actor, 'member.role', id, { email: before.email, from: before.role, to: role });
  return requireMember(registry, id);
}

/** Takes a person out, with what they signed in for at servers. @throws PC_API_NOT_FOUND; PC_API_CONFLICT for the last admin */
export async function removeMember(registry: Registry, actor: Actor, id: string): Promise<void> {
  const { email, role } = await requireMember(registry, id);
  await registry.store.accounts.members.remove(registry.organization, id);
  await recordEvent(registry, actor, 'member.remove', id, { email, role });
}

/** @throws PC_API_NOT_FOUND */
export async function requireMember(registry: Registry, id: string): Promise<MembershipRow> {
  const rows = await registry.store.accounts.members.list(registry.organization);
  return found(
    rows.find((row) => row.id === id),
    'member',
  );
}
