/** Who sees a server: all of its organization, or admins and those who are named. */
import { requireServer } from './servers.ts';
import { invalid } from './problems.ts';
import { recordEvent } from './record-event.ts';
import type { Actor, Registry } from './registry.ts';

/** Ids of people and API keys; null for everybody in the organization. @throws PC_API_NOT_FOUND */
export async function serverMembersOf(registry: Registry, server: string): Promise<readonly string[] | null> {
  const { id } = await requireServer(registry, server);
  return (await registry.store.accounts.serverMembers.list()).get(id) ?? null;
}

/** @throws PC_API_NOT_FOUND; PC_API_INVALID for an id that is nobody's in the organization */
export async function setServerMembers(
  registry: Registry,
  actor: Actor,
  server: string,
  members: readonly string[] | null,
): Promise<void> {
  const { organization, store } = registry;
  const { id, name } = await requireServer(registry, server);
  const people = await store.accounts.members.list(organization);
  const keys = (await store.apiKeys.list()).filter(({ organizationId }) => organizationId === organization);
  const known = new Set([...people.map(({ userId }) => userId), ...keys.map((key) => key.id)]);
  const stranger = members?.findIndex((member) => !known.has(member)) ?? -1;
  if (stranger >= 0)
    throw invalid(`/members/${stranger}`, 'Expected the id of a person or an API key of this organization.');
  await store.accounts.serverMembers.set(id, members === null ? null : [...new Set(members)]);
  await recordEvent(registry, actor, 'server.members', id, { name, members });
}
