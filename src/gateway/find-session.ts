/** A client's session from the id that it carries. Ids of other grants or servers do not open. */
import type { Core } from './core.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import { bindingOf } from './personal-upstreams.ts';
import type { Session } from './sessions.ts';
import type { Stateless } from './stateless.ts';

export function findSession(
  core: Core,
  stateless: Stateless,
  server: ServerEntry,
  grant: GrantEntry,
  id: string,
): Session | undefined {
  const known = core.sessions.get(id);
  if (known !== undefined) return known.server === server.id && known.grant === grant.id ? known : undefined;
  // A child process or stream lives with this process only; an HTTP upstream keeps its sessions itself.
  if (!server.upstream.ownSessions) return undefined;
  const facts = core.binder.openSession(id, server.id, bindingOf(server, grant));
  if (facts === undefined) return undefined;
  return core.sessions.add({
    id,
    server: server.id,
    grant: grant.id,
    facts,
    upstream: stateless.session(server, grant),
    close: () => {},
    inFlight: new Set(),
    asked: new Set(),
    parked: new Map(),
    streams: new Set(),
    lastUsedAt: core.clock.now(),
  });
}
