/**
 * GET: what all servers say of themselves, on one stream. It cannot be resumed, since one event id says nothing of the
 * others; a stream that answered one call can, at the server that the id names. DELETE: the end of all sessions.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import type { AnswerHead } from '../../upstreams/index.ts';
import type { SseEvent } from '../../wire/index.ts';
import type { Caller, Front } from '../call.ts';
import { turnAway } from '../doors/door.ts';
import type { Doors } from '../doors/doors.ts';
import { forwardedHeaders } from '../doors/forwarded-headers.ts';
import { HttpFront } from '../doors/http-front.ts';
import { endSession, openStream } from '../doors/server-stream.ts';
import { memberHeaders } from './member-headers.ts';
import { splitId } from './names.ts';
import { OutwardFront } from './outward-front.ts';
import type { Party } from './party.ts';

export function openStreams(
  doors: Doors,
  party: Party,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { 'last-event-id': last, ...headers } = forwardedHeaders(request.headers);
  if (last !== undefined) return resume(doors, party, last, headers, request, response);
  const { core } = doors;
  const front = new HttpFront(response, doors.streams);
  let waiting = party.members.length;
  const over = (): void => {
    waiting -= 1;
    if (waiting > 0) return;
    if (response.headersSent) front.end();
    else
      turnAway(
        request,
        response,
        new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST' }),
        core,
        party,
      );
  };
  if (waiting === 0) throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST' });
  for (const caller of party.members) {
    const branch = new Branch(front, () => response.headersSent, over);
    open(doors, caller, headers, new OutwardFront(branch, caller.server.slug, undefined), () => branch.end());
  }
}

/** An upstream that has no such stream is no reason to do without the others. */
function open(
  doors: Doors,
  caller: Caller,
  headers: Readonly<Record<string, string>>,
  front: Front,
  fail: (error: PortcullisError) => void,
): void {
  try {
    openStream(doors, caller, memberHeaders(headers, caller), front, fail);
  } catch (thrown) {
    fail(thrown as PortcullisError);
  }
}

function resume(
  doors: Doors,
  party: Party,
  last: string,
  headers: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const own = splitId(last);
  const caller = party.members.find(({ server }) => server.slug === own?.slug);
  if (own === undefined || caller === undefined)
    throw new PortcullisError('PC_PARAMS_INVALID', {
      detail: 'Last-Event-ID names no stream of this session',
    });
  const inner = new HttpFront(response, doors.streams);
  const front = new OutwardFront(inner, own.slug, undefined);
  openStream(
    doors,
    caller,
    memberHeaders({ ...headers, 'last-event-id': own.name }, caller),
    front,
    (error) => {
      if (response.headersSent) front.end();
      else turnAway(request, response, error, doors.core, caller);
    },
  );
}

export function endSessions(
  doors: Doors,
  party: Party,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (party.facts === undefined) throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST, GET' });
  const headers = forwardedHeaders(request.headers);
  for (const caller of party.members)
    if (caller.session !== undefined)
      endSession(doors, caller, memberHeaders(headers, caller), UNHEARD, () => {});
  new HttpFront(response, doors.streams).reply(200, null);
}

/** What a server says to the end of its session concerns nobody. */
const UNHEARD: Front = {
  surface: 'http',
  head() {},
  message() {},
  event() {},
  raw() {},
  end() {},
  reply() {},
  onGone: () => () => {},
  ready: () => true,
};

/** One server's part of a stream that several share. */
class Branch implements Front {
  readonly surface = 'http';
  readonly #trunk: HttpFront;
  readonly #opened: () => boolean;
  readonly #over: () => void;
  #flows = false;
  #ended = false;

  constructor(trunk: HttpFront, opened: () => boolean, over: () => void) {
    this.#trunk = trunk;
    this.#opened = opened;
    this.#over = over;
  }

  head(head: AnswerHead): void {
    this.#flows = head.kind === 'sse' && head.status === 200;
    if (this.#flows && !this.#opened()) this.#trunk.head({ status: 200, kind: 'sse', headers: {} });
  }

  message(bytes: Buffer, event?: SseEvent): void {
    if (!this.#flows) return;
    this.#trunk.message(bytes, event === undefined ? undefined : { ...event, id: undefined });
  }

  event(): void {}

  raw(): void {}

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#over();
  }

  reply(): void {
    this.end();
  }

  onGone(listener: () => void): () => void {
    return this.#trunk.onGone(listener);
  }

  ready(listener: () => void): boolean {
    return this.#trunk.ready(listener);
  }
}
