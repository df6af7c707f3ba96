/** Sends judged calls to their upstream. The only file that hands a message to an `UpstreamSession`. */
import { PortcullisError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { AnswerHead, Outbound, UpstreamSession } from '../upstreams/index.ts';
import type { ProtocolVersion } from '../wire/index.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';
import type { Live } from './live.ts';
import { bindingOf, upstreamOf } from './personal-upstreams.ts';
import { Relay, type SessionOpener } from './relay.ts';
import type { Session } from './sessions.ts';
import type { Stateless } from './stateless.ts';

/** How long an answer may still come for a client of the legacy era that went away; disconnecting is not cancelling there. */
const ABANDONED_MS = 600_000;

export class Dispatcher {
  readonly #core: Core;
  readonly #live: Live;
  readonly #stateless: Stateless;

  constructor(core: Core, live: Live, stateless: Stateless) {
    this.#core = core;
    this.#live = live;
    this.#stateless = stateless;
  }

  /** @throws PC_SESSION_UNKNOWN, PC_UPSTREAM_BUSY */
  readonly dispatch = (call: Call): void => {
    const initializing = call.message.kind === 'request' && call.message.method === 'initialize';
    const { upstream, opener } = initializing
      ? this.#opening(call)
      : { upstream: this.#sessionOf(call), opener: undefined };
    let forget: (() => void) | undefined;
    const relay = new Relay(call, this.#core, opener, () => {
      this.#live.delete(relay);
      forget?.();
      this.#core.trace?.over(call);
    });
    this.#live.add(relay, call);
    if (call.caller.session !== undefined) call.caller.session.lastUsedAt = call.at;
    const flow = upstream.send(outboundOf(call, this.#core.trace?.sending(call)), relay);
    relay.attach(flow);
    forget = call.front.onGone(() => this.#gone(call, relay));
  };

  #sessionOf(call: Call): UpstreamSession {
    const { session, server, grant } = call.caller;
    if (session !== undefined) return session.upstream;
    if (!server.upstream.ownSessions && call.era === 'legacy')
      throw new PortcullisError('PC_SESSION_UNKNOWN');
    return this.#stateless.session(server, grant);
  }

  /** `initialize`: a session of its own, kept once the server has agreed. */
  #opening(call: Call): { upstream: UpstreamSession; opener: SessionOpener | undefined } {
    const { server, grant, session } = call.caller;
    if (session !== undefined) {
      return { upstream: session.upstream, opener: (_, head, result) => noted(session, head, result, call) };
    }
    if (server.upstream.ownSessions) {
      const upstream = this.#stateless.session(server, grant);
      const opener: SessionOpener = (_, head, result) =>
        head.sessionId === undefined ? head : this.#keep(call, upstream, head.sessionId, head, result);
      return { upstream, opener };
    }
    const key = this.#core.newId();
    const upstream = upstreamOf(server, grant).open(key);
    return { upstream, opener: (_, head, result) => this.#keep(call, upstream, key, head, result) };
  }

  #keep(
    call: Call,
    upstream: UpstreamSession,
    upstreamId: string,
    head: AnswerHead,
    result: Buffer,
  ): AnswerHead {
    const { server, grant } = call.caller;
    const facts = {
      upstreamId,
      version: negotiated(result),
      clientName: call.client.name,
      clientVersion: call.client.version,
      elicitsUrl: elicitsUrl(call, result),
    };
    const id = this.#core.binder.sealSession(facts, server.id, bindingOf(server, grant));
    const session: Session = {
      id,
      server: server.id,
      grant: grant.id,
      facts,
      upstream,
      close: server.upstream.ownSessions ? () => {} : () => upstream.close(),
      inFlight: new Set(),
      asked: new Set(),
      parked: new Map(),
      streams: new Set(),
      lastUsedAt: call.at,
    };
    this.#core.sessions.add(session);
    if (!server.upstream.ownSessions) void upstream.closed.then(() => this.#core.sessions.drop(session));
    return { ...head, sessionId: id };
  }

  #gone(call: Call, relay: Relay): void {
    if (call.era === 'modern' || call.message.kind !== 'request' || call.target.kind !== 'tool')
      return relay.abandon();
    relay.unheard();
    const timer = setTimeout(() => relay.abandon(), ABANDONED_MS);
    timer.unref();
  }
}

/** A channel's session learns what was agreed; its key stays. */
function noted(session: Session, head: AnswerHead, result: Buffer, call: Call): AnswerHead {
  session.facts = {
    upstreamId: head.sessionId ?? '',
    version: negotiated(result),
    clientName: call.client.name,
    clientVersion: call.client.version,
    elicitsUrl: elicitsUrl(call, result),
  };
  return head;
}

function elicitsUrl({ message }: Call, result: Buffer): boolean {
  if (message.kind !== 'request' || negotiated(result) < '2025-11-25') return false;
  const capabilities = message.params?.capabilities as JsonObject | undefined;
  return (capabilities?.elicitation as JsonObject | undefined)?.url !== undefined;
}

function negotiated(result: Buffer): ProtocolVersion {
  const answer = JSON.parse(result.toString()) as { result?: { protocolVersion?: ProtocolVersion } };
  return answer.result?.protocolVersion ?? '2025-03-26';
}

function outboundOf(call: Call, headers = call.headers): Outbound {
  const { message, outboundBytes } = call;
  const sessionId = call.caller.session?.facts?.upstreamId;
  const own = call.caller.server.upstream.ownSessions && sessionId !== undefined && sessionId !== '';
  return { message, bytes: outboundBytes ?? message.bytes, headers, sessionId: own ? sessionId : undefined };
}
