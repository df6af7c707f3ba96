/**
 * Upstream sessions for exchanges without a client session. HTTP upstreams have one stateless object; stdio and legacy SSE
 * upstreams get one shared connection for each grant, in which ids of different clients never meet.
 */
import { createSharedSession, type UpstreamSession } from '../upstreams/index.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';

export class Stateless {
  readonly #sessions = new Map<string, UpstreamSession>();

  session(server: ServerEntry, grant: GrantEntry): UpstreamSession {
    const key = server.upstream.ownSessions ? server.fingerprint : `${server.fingerprint}\n${grant.id}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const opened = server.upstream.open(key);
    const session = server.upstream.ownSessions ? opened : createSharedSession(opened);
    this.#sessions.set(key, session);
    void opened.closed.finally(() => {
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
    });
    return session;
  }

  /** Forgets the sessions of a server that is gone; its upstream closes them. */
  forget(server: ServerEntry): void {
    for (const key of this.#sessions.keys())
      if (key.startsWith(server.fingerprint)) this.#sessions.delete(key);
  }
}
