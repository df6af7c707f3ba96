/**
 * One session of the legacy HTTP+SSE transport (MCP 2024-11-05): a GET stream carries every message of the server, a POST
 * URL that the stream names takes every message of the client. When the stream ends, the session is over.
 */
import { PortcullisError } from '../../errors.ts';
import type { AnswerEnvelope, SseEvent } from '../../wire/index.ts';
import { died, strange, unreachable, type Failure } from '../failures.ts';
import type { HttpOrigin } from '../http/http-origin.ts';
import { Conversation, type Transmission } from '../line/conversation.ts';
import type { LineSession } from '../line/sessions-open.ts';
import type { AnswerHead, AnswerSink, Ending, Flow, Logger, Outbound } from '../types.ts';
import { postSink } from './post-sink.ts';

const ENDPOINT_WITHIN_MS = 10_000;

export interface SseParts {
  readonly server: string;
  readonly url: URL;
  readonly origin: HttpOrigin;
  readonly logger: Logger;
  /** Default 10 s. */
  readonly endpointWithinMs?: number;
}

interface Waiting {
  readonly outbound: Outbound;
  readonly transmission: Transmission;
}

export class SseSession implements LineSession {
  readonly closed: Promise<Ending>;
  readonly gone: Promise<void>;
  readonly #parts: SseParts;
  readonly #conversation: Conversation;
  readonly #stream: Flow;
  readonly #deadline: NodeJS.Timeout;
  #waiting: Waiting[] = [];
  #postPath: string | undefined;
  #failure: Failure | undefined;
  #died: (end: Ending) => void = () => {};
  #freed: () => void = () => {};

  constructor(parts: SseParts) {
    this.#parts = parts;
    this.closed = new Promise((resolve) => (this.#died = resolve));
    this.gone = new Promise((resolve) => (this.#freed = resolve));
    const { server, logger, url, origin } = parts;
    this.#conversation = new Conversation(server, logger, this.#transmit, (high) =>
      high ? this.#stream.pause() : this.#stream.resume(),
    );
    const request = {
      method: 'GET',
      path: url.pathname + url.search,
      body: null,
      headers: {},
      sessionId: undefined,
    } as const;
    this.#stream = origin.request(
      { ...request, accept: 'text/event-stream', stream: true },
      this.#streamSink(),
    );
    const within = parts.endpointWithinMs ?? ENDPOINT_WITHIN_MS;
    this.#deadline = setTimeout(
      () =>
        this.#die({
          error: unreachable(server, `it named no endpoint within ${within / 1000} s`),
          ran: 'no',
        }),
      within,
    );
  }

  get alive(): boolean {
    return this.#failure === undefined;
  }

  send(outbound: Outbound, sink: AnswerSink): Flow {
    return this.#conversation.send(outbound, sink);
  }

  listen(_headers: Readonly<Record<string, string>>, _sessionId: string | undefined, sink: AnswerSink): Flow {
    return this.#conversation.listen(sink);
  }

  terminate(
    _headers: Readonly<Record<string, string>>,
    _sessionId: string | undefined,
    sink: AnswerSink,
  ): void {
    this.close();
    queueMicrotask(() => {
      sink.head({ status: 200, kind: 'empty', headers: {} });
      sink.end();
    });
  }

  close(): void {
    this.#over({ error: died(this.#parts.server), ran: 'unknown' });
  }

  readonly #transmit = (outbound: Outbound, transmission: Transmission): (() => boolean) => {
    const failure = this.#failure;
    if (failure !== undefined) {
      queueMicrotask(() => transmission.failed(failure.error, 'no'));
      return () => true;
    }
    if (this.#postPath !== undefined) return this.#post(this.#postPath, outbound, transmission);
    const waiting = { outbound, transmission };
    this.#waiting.push(waiting);
    return () => {
      const index = this.#waiting.indexOf(waiting);
      if (index !== -1) this.#waiting.splice(index, 1);
      return index !== -1;
    };
  };

  #post(path: string, { bytes, headers }: Outbound, transmission: Transmission): () => boolean {
    const request = {
      method: 'POST',
      path,
      body: bytes,
      headers,
      sessionId: undefined,
      stream: false,
    } as const;
    const receive = (message: Buffer, envelope: AnswerEnvelope): void =>
      this.#conversation.receive(message, envelope);
    const posted = this.#parts.origin.request(
      { ...request, accept: 'application/json, text/event-stream' },
      postSink(transmission, receive),
    );
    return () => {
      posted.cancel();
      return false;
    };
  }

  #streamSink(): AnswerSink {
    const { server } = this.#parts;
    return {
      head: (head: AnswerHead) => {
        if (head.kind === 'sse' && head.status === 200) return;
        const refused = head.status === 401 || head.status === 403;
        const error = refused
          ? new PortcullisError('PC_UPSTREAM_CREDENTIALS', { server, status: head.status })
          : strange(server, `HTTP ${head.status} instead of an event stream`);
        this.#die({ error, ran: 'no' });
      },
      message: (bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent) => {
        if (event?.type === 'endpoint') this.#learnEndpoint(event.data?.toString() ?? '');
        else if (envelope.kind === 'invalid')
          this.#parts.logger.warn({ server }, 'skipped an event that is not a JSON-RPC message');
        else this.#conversation.receive(bytes, envelope);
      },
      event: () => {},
      raw: () => {},
      end: () => this.#broke(died(server), strange(server, 'an event stream without an endpoint')),
      fail: (error, ran) => this.#broke(ran === 'no' ? error : died(server, error), error),
    };
  }

  #learnEndpoint(text: string): void {
    if (this.#postPath !== undefined) return;
    const { server, url } = this.#parts;
    const endpoint = URL.canParse(text, url.href) ? new URL(text, url) : undefined;
    if (
      endpoint === undefined ||
      endpoint.origin !== url.origin ||
      endpoint.username !== '' ||
      endpoint.password !== ''
    ) {
      return this.#die({ error: strange(server, 'an endpoint that is not of its own origin'), ran: 'no' });
    }
    clearTimeout(this.#deadline);
    this.#postPath = endpoint.pathname + endpoint.search;
    for (const { outbound, transmission } of this.#waiting.splice(0))
      this.#post(this.#postPath, outbound, transmission);
  }

  /** Before the endpoint is known nothing was sent: then `early` says what is wrong with the stream. */
  #broke(later: PortcullisError, early: PortcullisError): void {
    if (this.#postPath === undefined) this.#die({ error: early, ran: 'no' });
    else this.#die({ error: later, ran: 'unknown' });
  }

  #die(failure: Failure): void {
    if (this.#over(failure)) this.#died({ how: failure.error.message });
  }

  #over(failure: Failure): boolean {
    if (this.#failure !== undefined) return false;
    this.#failure = failure;
    clearTimeout(this.#deadline);
    for (const { transmission } of this.#waiting.splice(0)) transmission.failed(failure.error, 'no');
    this.#conversation.close(failure.error, 'unknown');
    this.#stream.cancel();
    this.#freed();
    return true;
  }
}
