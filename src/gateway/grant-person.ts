/** As whom a grant's calls run at a server where everybody signs in for themself, or who must do what before they can. */
import { PortcullisError } from '../errors.ts';
import type { ConnectionRow, GrantRow, MembershipRow, ServerRow } from '../store/index.ts';

export interface GrantPerson {
  readonly id: string | null;
  /** Why no call can run; undefined when one can. */
  readonly missing: PortcullisError | undefined;
}

export interface People {
  readonly members: readonly MembershipRow[];
  readonly connections: readonly ConnectionRow[];
  /** Of the gateway's pages. */
  readonly publicUrl: string;
}

/** Undefined for a server with one account for all calls. */
export function personOfGrant(
  { ownerId }: Pick<GrantRow, 'ownerId'>,
  server: ServerRow | undefined,
  { members, connections, publicUrl }: People,
): GrantPerson | undefined {
  if (server?.auth?.perUser !== true) return undefined;
  const page = `${publicUrl}/servers/${server.slug}`;
  const missing = (detail: string): GrantPerson => ({
    id: ownerId,
    missing: new PortcullisError('PC_UPSTREAM_PERSON', { server: server.slug, detail }),
  });
  if (ownerId === null) return missing(`This grant has no owner: an admin must give it one at ${page}`);
  const member = members.find(
    ({ userId, organizationId }) => userId === ownerId && organizationId === server.organizationId,
  );
  if (member === undefined)
    return missing(`Its owner has left the organization: an admin must mint another grant at ${page}`);
  const isConnected = connections.some(
    ({ serverId, owner, status }) => serverId === server.id && owner === ownerId && status === 'connected',
  );
  if (isConnected) return { id: ownerId, missing: undefined };
  return missing(`${member.name} <${member.email}> must first choose “Connect as me” at ${page}`);
}

/** By server. */
export function connectedPeople({ connections }: People): ReadonlyMap<string, ReadonlySet<string>> {
  const people = new Map<string, Set<string>>();
  for (const { serverId, owner, status } of connections)
    if (status === 'connected') people.set(serverId, (people.get(serverId) ?? new Set()).add(owner));
  return people;
}
