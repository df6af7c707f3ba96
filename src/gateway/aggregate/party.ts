/**
 * The servers that a request through `/mcp` can reach, each with the grant as it stands there and the session that this
 * client has there. The client's session id holds the sealed ids of all of them, and is itself sealed for the grant.
 */
import { PortcullisError } from '../../errors.ts';
import type { SessionFacts } from '../../identity/index.ts';
import type { Caller } from '../call.ts';
import { onServer, type Directory, type GrantEntry, type ServerEntry } from '../directory.ts';
import { findSession } from '../find-session.ts';
import type { Doors } from '../doors/doors.ts';

/** What the id is sealed for in place of a server; no server has this id. */
const ALL = '*';

/** Sealed session ids by server; null for a server without sessions. */
export type MemberSessions = Readonly<Record<string, string | null>>;

export interface Party {
  readonly grant: GrantEntry;
  /** Of the client's session; undefined without one. */
  readonly facts: SessionFacts | undefined;
  /** In the order of the grant. Servers that the session was not opened with, or that have lost it, are missing. */
  readonly members: readonly Caller[];
  /** Servers of the grant that are not among the members. */
  readonly missing: readonly ServerEntry[];
}

/** @param id as the client sent it. @throws PC_SESSION_UNKNOWN when it is not this grant's, or none of its servers knows it any more */
export function partyOf(doors: Doors, grant: GrantEntry, id: string | readonly string[] | undefined): Party {
  const servers = serversOf(doors.directory, grant);
  if (id === undefined) return { grant, facts: undefined, members: servers, missing: [] };
  const facts = typeof id === 'string' ? doors.core.binder.openSession(id, ALL, grant.id) : undefined;
  if (facts === undefined) throw new PortcullisError('PC_SESSION_UNKNOWN');
  const sessions = JSON.parse(facts.upstreamId) as MemberSessions;
  const members = servers.flatMap((caller) => inSession(doors, caller, sessions) ?? []);
  if (members.length === 0 && servers.length > 0) throw new PortcullisError('PC_SESSION_UNKNOWN');
  const there = new Set(members.map(({ server }) => server));
  const missing = servers.map(({ server }) => server).filter((server) => !there.has(server));
  return { grant, facts, members, missing };
}

/** The id that stands for the sessions of all servers. */
export function sealParty(
  doors: Doors,
  grant: GrantEntry,
  sessions: MemberSessions,
  facts: Omit<SessionFacts, 'upstreamId'>,
): string {
  return doors.core.binder.sealSession({ ...facts, upstreamId: JSON.stringify(sessions) }, ALL, grant.id);
}

function serversOf(directory: Directory, grant: GrantEntry): Caller[] {
  const ids = grant.servers === undefined ? [grant.serverId] : [...grant.servers.keys()];
  return ids.flatMap((id) => {
    const server = directory.server(id);
    const here = server === undefined ? undefined : onServer(grant, server.id);
    return server === undefined || here === undefined ? [] : [{ server, grant: here, session: undefined }];
  });
}

function inSession({ core, stateless }: Doors, caller: Caller, sessions: MemberSessions): Caller | undefined {
  const { server, grant } = caller;
  const id = Object.hasOwn(sessions, server.id) ? sessions[server.id] : undefined;
  if (id === undefined) return undefined;
  if (id === null) return caller;
  const session = findSession(core, stateless, server, grant, id);
  if (session === undefined) return undefined;
  // One that is quiet on this server is still in use.
  session.lastUsedAt = core.clock.now();
  return { ...caller, session };
}
