import type { Connections } from '../connections/index.ts';
import { listServers, removeMember, requireMember, type Actor, type Registry } from '../registry/index.ts';

/**
 * Takes a person out of the organization, with what they signed in for at its servers.
 * @returns what tells those servers; it never rejects
 * @throws PC_API_NOT_FOUND; PC_API_CONFLICT for the last admin
 */
export async function dismissMember(
  parts: { readonly registry: Registry; readonly connections: Connections },
  actor: Actor,
  id: string,
): Promise<{ readonly revoke: () => Promise<void> }> {
  const { registry, connections } = parts;
  const { userId } = await requireMember(registry, id);
  const revoke = await connections.leaving(userId, await listServers(registry));
  await removeMember(registry, actor, id);
  return { revoke };
}
