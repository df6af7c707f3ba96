/**
 * What the gateway keeps of a client session while it lives here. Everything that must outlast the process is in the
 * sealed session id; losing this record costs nothing but the child process of a stdio upstream.
 */
import type { SessionFacts } from '../identity/index.ts';
import type { AnswerHead, UpstreamSession } from '../upstreams/index.ts';
import type { AnswerEnvelope } from '../wire/index.ts';
import type { StreamPlace } from './followed-stream.ts';

/** An answer that is still to come. */
export interface ParkedAnswer {
  /** Judges and records the answer; what comes back may be passed on. Undefined: it went where the call came from. */
  arrive(bytes: Buffer, envelope: AnswerEnvelope): Buffer | undefined;
  /** It will not come, and nobody waits for it. */
  abandon(): void;
  /** It will not come: the client is told. */
  lose(): void;
}

export interface Session {
  /** The sealed id that the client carries; the channel's key on stdio and legacy SSE. */
  readonly id: string;
  readonly server: string;
  readonly grant: string;
  /** Known once `initialize` was answered. */
  facts: SessionFacts | undefined;
  readonly upstream: UpstreamSession;
  /** Frees what the session alone uses: its child process or stream. */
  readonly close: () => void;
  /** Request ids in flight; 1 and "1" are two ids. */
  readonly inFlight: Set<string | number>;
  /** Ids of requests that the upstream asked the client and that are not answered yet. */
  readonly asked: Set<string | number>;
  /** Requests whose stream the server closed on purpose, to be resumed: their answers come on another stream. */
  readonly parked: Map<string | number, ParkedAnswer>;
  /** Goes on with the stream of a parked answer, where the client has no way to ask for the rest. */
  readonly resume?: (id: string | number, place: StreamPlace) => void;
  /** The server does not know this session of its own any more: opens another, where the client has no way to notice. */
  readonly reopen?: (lost: string) => void;
  /** Open streams of server messages (GET, or the channel itself): each writes one message, or says that it cannot. */
  readonly streams: Set<(message: Buffer) => boolean>;
  lastUsedAt: number;
}

const MOST_ASKED = 1000;

export class Sessions {
  readonly #byId = new Map<string, Session>();

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  add(session: Session): Session {
    this.#byId.set(session.id, session);
    return session;
  }

  /** Ends a session here: its child process or stream is closed. */
  drop(session: Session): void {
    if (!this.#byId.delete(session.id)) return;
    for (const parked of session.parked.values()) parked.abandon();
    session.parked.clear();
    session.close();
  }

  /** Drops sessions that nobody used since `before` and that have nothing in flight. */
  sweep(before: number): void {
    for (const session of this.#byId.values()) if (isLeft(session, before)) this.drop(session);
  }

  /** Makes room at a server that can have no more sessions: the one goes that nobody has used for longest. */
  sweepOldest(server: string, before: number): void {
    let oldest: Session | undefined;
    for (const session of this.#byId.values()) {
      if (session.server !== server || !isLeft(session, before)) continue;
      if (oldest === undefined || session.lastUsedAt < oldest.lastUsedAt) oldest = session;
    }
    if (oldest !== undefined) this.drop(oldest);
  }

  dropWhere(matches: (session: Session) => boolean): void {
    for (const session of this.#byId.values()) if (matches(session)) this.drop(session);
  }
}

function isLeft({ lastUsedAt, inFlight, streams }: Session, before: number): boolean {
  return lastUsedAt < before && inFlight.size === 0 && streams.size === 0;
}

/** Remembers a request of the server, so that only its answer is let through. */
export function rememberAsked(session: Session, id: string | number): void {
  if (session.asked.size < MOST_ASKED) session.asked.add(id);
}

/** Sends a message of the gateway's own on one of the session's streams, as servers must. False: there is none. */
export function tellSession(session: Session, message: Buffer): boolean {
  return [...session.streams].some((write) => write(message));
}

/** Servers repeat their session id on every answer; clients must see theirs, the sealed one. */
export function withOwnSession(
  head: AnswerHead,
  { session }: { readonly session: Session | undefined },
): AnswerHead {
  const { status, kind, headers, sessionId } = head;
  return sessionId === undefined ? head : { status, kind, headers, sessionId: session?.id };
}
