/**
 * A client on one two-way line: stdio, or legacy HTTP+SSE. One channel is one session. Messages come in through `feed`
 * and go through the same pipeline as everywhere; answers and the server's own messages go out through `write`.
 */
import {
  errorMessage,
  modernHeaders,
  readMessage,
  refusedId,
  versionHeader,
  type AnswerEnvelope,
  type Message,
  type RequestMessage,
} from '../wire/index.ts';
import type { JsonObject } from '../json.ts';
import { toPortcullisError } from '../errors.ts';
import type { AnswerSink, Flow } from '../upstreams/index.ts';
import { callsTool, checkBatch, runBatch } from './batch.ts';
import type { Caller, Front } from './call.ts';
import { recordRefusal } from './doors/door.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import type { Doors } from './doors/doors.ts';
import { annotatedSchema } from './annotated-schema.ts';
import { isEndless } from './live.ts';
import { FollowedStream, type Following, type StreamPlace } from './followed-stream.ts';
import { upstreamOf } from './personal-upstreams.ts';
import { makeCall } from './make-call.ts';
import { openAgain } from './open-again.ts';
import { PacedLine, type ChannelWriter } from './paced-line.ts';
import { run } from './pipeline.ts';
import type { Session } from './sessions.ts';
import { judgeServerMessage } from './steps/judge-server-message.ts';

const STREAM = { accept: 'text/event-stream' } as const;
/** How often in a row the rest of an answer may fail to come. */
const MOST_FAILURES = 4;

export class Channel {
  readonly session: Session;
  readonly #doors: Doors;
  readonly #server: ServerEntry;
  readonly #grant: () => GrantEntry;
  readonly #line: PacedLine;
  #listening = false;
  #unlisten: () => void = () => {};
  /** The client's own `initialize`. */
  #opening: RequestMessage | undefined;
  #closed = false;
  readonly #goneListeners = new Set<() => void>();
  /** Messages that have come and are not answered yet. */
  #unanswered = 0;
  readonly #idleListeners: (() => void)[] = [];

  /** @throws PC_UPSTREAM_BUSY */
  constructor(
    doors: Doors,
    server: ServerEntry,
    grant: () => GrantEntry,
    key: string,
    writer: ChannelWriter,
  ) {
    this.#doors = doors;
    this.#server = server;
    this.#grant = grant;
    this.#line = new PacedLine(writer);
    const own = server.upstream.ownSessions;
    const upstream = own ? doors.stateless.session(server, grant()) : upstreamOf(server, grant()).open(key);
    this.session = doors.core.sessions.add({
      id: key,
      server: server.id,
      grant: grant().id,
      facts: undefined,
      upstream,
      close: own ? () => {} : () => upstream.close(),
      inFlight: new Set(),
      asked: new Set(),
      parked: new Map(),
      streams: new Set([(message) => this.#send(message)]),
      lastUsedAt: doors.core.clock.now(),
      ...(own
        ? { resume: (id, place) => this.#resume(id, place), reopen: (lost) => this.#reopen(lost) }
        : {}),
    });
    if (!own) this.#listen();
  }

  /** One message of the client, as bytes. Never throws: what is wrong is answered. */
  async feed(bytes: Buffer): Promise<void> {
    const { core } = this.#doors;
    const answered = this.#begun();
    const caller: Caller = { server: this.#server, grant: this.#grant(), session: this.session };
    const front = this.#front(answered);
    let message: Message | undefined;
    try {
      const read = readMessage(bytes, { caseSensitiveArguments: this.#server.caseSensitive });
      if (read.kind === 'batch') {
        checkBatch(caller.session?.facts);
        if (callsTool(read) && !this.#server.catalogue.loaded)
          await this.#doors.learn(this.#server, caller.grant);
        return runBatch(read, core, caller, front, {}, this.#doors.dispatch);
      }
      message = read;
      if (isEndless(read)) answered();
      if (read.kind === 'request' && read.method === 'initialize') this.#begin(read);
      if (read.kind === 'request' && read.method === 'tools/call' && !this.#server.catalogue.loaded)
        await this.#doors.learn(this.#server, caller.grant);
      run(makeCall(core, caller, front, read, this.#headers(read)), core, this.#doors.dispatch);
      if (read.kind === 'notification' && read.method === 'notifications/initialized') this.#listen();
    } catch (thrown) {
      const error = toPortcullisError(thrown);
      if (error.code === 'PC_INTERNAL')
        core.logger.error({ error: String(thrown) }, 'a message could not be handled');
      await recordRefusal(core, error, caller, { surface: this.#line.surface });
      const id = message?.kind === 'request' ? message.id : refusedId(thrown);
      front.reply(error.status, errorMessage(id, error.rpcCode, error.message, { code: error.code }));
    }
  }

  /** Resolves when every message that came is answered, those too that are being read, judged or written down. */
  idle(): Promise<void> {
    if (this.#unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleListeners.push(resolve));
  }

  /** Counts one message; what it returns says that it is answered, however often. */
  #begun(): () => void {
    this.#unanswered += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#unanswered -= 1;
      if (this.#unanswered === 0) for (const listener of this.#idleListeners.splice(0)) listener();
    };
  }

  /** The client is gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#line.free();
    for (const listener of this.#goneListeners) listener();
    this.#doors.core.sessions.drop(this.session);
  }

  /** Whoever initializes begins anew. */
  #begin(opening: RequestMessage): void {
    this.#opening = opening;
    this.#leaveSession();
  }

  #leaveSession(): void {
    this.session.facts = undefined;
    if (!this.#server.upstream.ownSessions) return;
    this.#unlisten();
    this.#listening = false;
  }

  #headers(message: Message): Record<string, string> {
    if (message.kind === 'request') {
      const modern = modernHeaders(message, this.#annotatedSchema(message));
      if (modern !== undefined) return modern;
    }
    return { ...versionHeader(this.session.facts?.version) };
  }

  #annotatedSchema({ method, params }: RequestMessage): JsonObject | undefined {
    const tool = method === 'tools/call' ? this.#server.catalogue.get(params?.name as string) : undefined;
    return tool === undefined ? undefined : annotatedSchema(tool);
  }

  #listen(): void {
    if (this.#listening || this.#closed) return;
    this.#listening = true;
    const { facts, upstream } = this.session;
    if (!this.#server.upstream.ownSessions) {
      const flow = upstream.listen(
        STREAM,
        undefined,
        this.#lineSink(() => flow),
      );
      this.#goneListeners.add(() => flow.cancel());
    } else if (facts !== undefined && facts.upstreamId !== '')
      this.#unlisten = this.#follow({
        wanted: () => !this.#closed,
        over: () => (this.#listening = false),
      });
  }

  /** The server has lost the session. The client, whose line still stands, cannot know; what it opened is opened again. */
  #reopen(lost: string): void {
    const { session } = this;
    const { facts } = session;
    if (this.#opening === undefined || facts?.upstreamId !== lost || this.#closed) return;
    this.#leaveSession();
    const caller: Caller = { server: this.#server, grant: this.#grant(), session };
    openAgain(this.#doors, caller, this.#opening, this.#front(), (opened) => {
      if (opened) this.#listen();
      else session.facts ??= facts;
    });
  }

  /** The server closed the stream of an answer and goes on when it is asked for the rest (SSE polling, MCP 2025-11-25). */
  #resume(id: string | number, place: StreamPlace): void {
    const { parked } = this.session;
    const over = (): void => {
      const answer = parked.get(id);
      parked.delete(id);
      answer?.lose();
    };
    this.#follow({ wanted: () => !this.#closed && parked.has(id), over, failures: MOST_FAILURES }, place);
  }

  #follow(
    { over, ...limits }: Pick<Following, 'wanted' | 'over' | 'failures'>,
    place?: StreamPlace,
  ): () => void {
    const { session } = this;
    const stop = (): void => {
      this.#goneListeners.delete(stop);
      stream.stop();
    };
    const stream = new FollowedStream(
      {
        ...limits,
        over: () => {
          stop();
          over();
        },
        open: (lastEventId, sink) => {
          const { version, upstreamId } = session.facts ?? {};
          const headers = {
            ...STREAM,
            ...versionHeader(version),
            ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
          };
          return session.upstream.listen(headers, upstreamId, sink);
        },
        message: (bytes, envelope, flow) => this.#hear(bytes, envelope, flow),
      },
      place,
    );
    this.#goneListeners.add(stop);
    return stop;
  }

  #lineSink(flow: () => Flow): AnswerSink {
    return {
      head() {},
      message: (bytes, envelope) => this.#hear(bytes, envelope, flow()),
      event() {},
      raw() {},
      end() {},
      fail() {},
    };
  }

  /** A message of the server's own. */
  #hear(bytes: Buffer, envelope: AnswerEnvelope, flow: Flow): void {
    const caller: Caller = { server: this.#server, grant: this.#grant(), session: this.session };
    const passed = judgeServerMessage(this.#doors.core, caller, bytes, envelope);
    if (passed === undefined) return;
    this.#line.write(passed);
    if (!this.#line.ready(() => flow.resume())) flow.pause();
  }

  #send(message: Buffer): true {
    this.#line.write(message);
    return true;
  }

  #front(over: () => void = () => {}): Front {
    const line = this.#line;
    return {
      surface: line.surface,
      head() {},
      message: (bytes) => line.write(bytes),
      event() {},
      raw() {},
      end: over,
      reply: (_status, bytes) => {
        if (bytes !== null) line.write(bytes);
        over();
      },
      onGone: (listener) => {
        this.#goneListeners.add(listener);
        return () => this.#goneListeners.delete(listener);
      },
      ready: (listener) => line.ready(listener),
    };
  }
}
