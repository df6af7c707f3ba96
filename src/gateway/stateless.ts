/**
 * Upstream sessions for exchanges without a client session. HTTP upstreams have one stateless object; stdio and legacy SSE
 * upstreams get one shared connection for each grant, in which ids of different clients never meet. Where everybody signs
 * in for themself, people share nothing.
 */
import { createSharedSession, type UpstreamSession } from '../upstreams/index.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import { upstreamOf } from './personal-upstreams.ts';

export class Stateless {
  readonly #sessions = new Map<string, UpstreamSession>();

  session(server: ServerEntry, grant: GrantEntry): UpstreamSession {
    const upstream = upstreamOf(server, grant);
    const place = placeOf(server, grant.person?.id ?? '');
    const key = upstream.ownSessions ? place : `${place}${grant.id}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const opened = upstream.open(key);
    const session = upstream.ownSessions ? opened : createSharedSession(opened);
    this.#sessions.set(key, session);
    void opened.closed.finally(() => {
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
    });
    return session;
  }

  /** Forgets the sessions of a server that is gone, or of one person there; their upstream closes them. */
  forget(server: ServerEntry, person?: string): void {
    const start = person === undefined ? server.fingerprint : placeOf(server, person);
    for (const key of this.#sessions.keys()) if (key.startsWith(start)) this.#sessions.delete(key);
  }
}

function placeOf({ fingerprint }: ServerEntry, person: string): string {
  return `${fingerprint}\n${person}\n`;
}
