/** GET: the stream of the server's own messages. DELETE: the end of a session. Both are the upstream's to answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../../errors.ts';
import type { AnswerHead, AnswerSink, UpstreamSession } from '../../upstreams/index.ts';
import { withoutBytes, type AnswerEnvelope, type SseEvent } from '../../wire/index.ts';
import type { Caller, Front } from '../call.ts';
import { judgeServerMessage } from '../steps/judge-server-message.ts';
import { withOwnSession } from '../sessions.ts';
import { upstreamOf } from '../personal-upstreams.ts';
import { turnAway } from './door.ts';
import type { Doors } from './doors.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import { HttpFront } from './http-front.ts';

export function relayStream(
  doors: Doors,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const front = new HttpFront(response, doors.streams);
  openStream(doors, caller, forwardedHeaders(request.headers), front, (error) => {
    if (response.headersSent) front.end();
    else turnAway(request, response, error, doors.core, caller);
  });
}

/**
 * Relays what the server says of itself to `front`, until either side ends; `fail` is called when it cannot be had.
 * @throws PC_METHOD_NOT_ALLOWED when the server has no such stream without a session
 */
export function openStream(
  doors: Doors,
  caller: Caller,
  headers: Readonly<Record<string, string>>,
  front: Front,
  fail: (error: PortcullisError) => void,
): void {
  const { upstream, sessionId } = reach(doors, caller);
  const { session } = caller;
  let streaming = false;
  const write = (message: Buffer): boolean => {
    if (streaming) front.message(message);
    return streaming;
  };
  session?.streams.add(write);
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    session?.streams.delete(write);
    if (session !== undefined) session.lastUsedAt = doors.core.clock.now();
    doors.live.delete(stream);
  };
  const sink = streamSink(doors, caller, front, close, fail);
  const atItsPace = (): void => {
    if (!front.ready(() => flow.resume())) flow.pause();
  };
  const flow = upstream.listen(headers, sessionId, {
    ...sink,
    head(head) {
      // Clients take a body for an event stream whatever its type; what was not read here was not judged.
      if (head.kind === 'other' && head.status < 400) {
        stream.abandon();
        return fail(noStream(caller));
      }
      sink.head(head);
      streaming = head.kind === 'sse';
    },
    message(bytes, envelope, event) {
      sink.message(bytes, envelope, event);
      atItsPace();
    },
    event(event) {
      sink.event(event);
      atItsPace();
    },
  });
  const stream = {
    place: -1,
    abandon(): void {
      flow.cancel();
      close();
    },
  };
  if (open) doors.live.addStream(stream, caller.grant.id, caller.server.id, () => front.end());
  front.onGone(() => stream.abandon());
}

export function terminateSession(
  doors: Doors,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const front = new HttpFront(response, doors.streams);
  endSession(doors, caller, forwardedHeaders(request.headers), front, (error) => {
    if (response.headersSent) front.end();
    else turnAway(request, response, error, doors.core, caller);
  });
}

/** Ends the session at its server, and here. @throws PC_METHOD_NOT_ALLOWED */
export function endSession(
  doors: Doors,
  caller: Caller,
  headers: Readonly<Record<string, string>>,
  front: Front,
  fail: (error: PortcullisError) => void,
): void {
  const { upstream, sessionId } = reach(doors, caller);
  const done = (): void => {
    if (caller.session !== undefined) doors.core.sessions.drop(caller.session);
  };
  upstream.terminate(headers, sessionId, streamSink(doors, caller, front, done, fail));
}

function reach(
  { stateless }: Doors,
  { server, grant, session }: Caller,
): { upstream: UpstreamSession; sessionId: string | undefined } {
  // A session is open still when its person has just disconnected.
  upstreamOf(server, grant);
  if (session !== undefined)
    return {
      upstream: session.upstream,
      sessionId: server.upstream.ownSessions ? session.facts?.upstreamId : undefined,
    };
  if (!server.upstream.ownSessions) throw new PortcullisError('PC_METHOD_NOT_ALLOWED', { allow: 'POST' });
  return { upstream: stateless.session(server, grant), sessionId: undefined };
}

function streamSink(
  doors: Doors,
  caller: Caller,
  front: Front,
  done: () => void,
  fail: (error: PortcullisError) => void,
): AnswerSink {
  let page = false;
  return {
    head(head: AnswerHead) {
      page = head.kind === 'other' && head.status >= 400;
      const own = withOwnSession(head, caller);
      if (head.status === 401 || head.status === 403) front.head({ ...own, status: 502 });
      else front.head(head.kind === 'other' && !page ? { ...own, kind: 'empty', headers: {} } : own);
    },
    message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent) {
      const passed = judgeServerMessage(doors.core, caller, bytes, envelope);
      if (passed !== undefined) front.message(passed, passed === bytes ? event : withoutBytes(event));
    },
    event: (event) => front.event(event),
    raw: (bytes) => {
      if (page) front.raw(bytes);
    },
    end() {
      front.end();
      done();
    },
    fail(error) {
      done();
      fail(error);
    },
  };
}

function noStream({ server }: Caller): PortcullisError {
  return new PortcullisError('PC_UPSTREAM_PROTOCOL', { server: server.slug, detail: 'no event stream' });
}
