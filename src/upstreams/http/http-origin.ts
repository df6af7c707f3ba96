/**
 * The connections to one upstream server. Calls share a bounded set of keep-alive connections; streams that stay open
 * for long have connections of their own, so that listeners never starve calls.
 */
import type { Dispatcher } from 'undici';
import { PortcullisError } from '../../errors.ts';
import { busy } from '../failures.ts';
import type {
  AnswerSink,
  CredentialSource,
  Flow,
  Logger,
  UpstreamContext,
  UpstreamLimits,
} from '../types.ts';
import { CredentialSink } from './credential-sink.ts';
import { LaterFlow } from './later-flow.ts';
import { createConnector } from './connector.ts';
import { Exchange, type ExchangeSettings } from './exchange.ts';
import { Pool } from './undici-parts.ts';
import { configuredHeaders, requestHeaders, type ConfiguredHeaders } from './request-headers.ts';

const CALL_CONNECTIONS = 128;
const IDLE: Flow = { cancel() {}, pause() {}, resume() {} };

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly body: Buffer | null;
  /** Client headers, lower case; only those that may pass are sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly accept: string;
  readonly sessionId: string | undefined;
  /** Whether the answer is expected to stay open. */
  readonly stream: boolean;
}

export class HttpOrigin {
  readonly #server: string;
  readonly #logger: Logger;
  readonly #configured: ConfiguredHeaders;
  readonly #settings: ExchangeSettings;
  readonly #credentials: CredentialSource | undefined;
  readonly #maxStreams: number;
  readonly #calls: Pool;
  readonly #streams: Pool;
  #openStreams = 0;
  #stopped = false;

  /** @throws PortcullisError PC_CONFIG_INVALID for headers that cannot be configured. */
  constructor(
    origin: string,
    headers: Readonly<Record<string, string>>,
    context: UpstreamContext,
    limits: UpstreamLimits,
  ) {
    this.#server = context.name;
    this.#logger = context.logger;
    this.#configured = configuredHeaders(context.name, headers);
    this.#credentials = context.credentials;
    this.#maxStreams = limits.maxSessions;
    this.#settings = {
      server: context.name,
      maxMessageBytes: limits.maxMessageBytes,
      headTimeoutMs: limits.headTimeoutMs,
      onFailure: ({ error, ran }) => {
        const { code, cause } = error;
        this.#logger.warn({ server: this.#server, code, ran, cause: String(cause ?? '') }, error.message);
      },
    };
    const options = {
      connect: createConnector(context.guard, limits.connectTimeoutMs),
      pipelining: 1,
      headersTimeout: limits.headTimeoutMs,
      bodyTimeout: 0,
    };
    this.#calls = new Pool(origin, { ...options, connections: CALL_CONNECTIONS });
    this.#streams = new Pool(origin, { ...options, headersTimeout: 0, connections: null });
  }

  /** Sends a request once. The sink hears nothing before this returns. */
  request(request: HttpRequest, sink: AnswerSink): Flow {
    if (this.#stopped) return failing(sink, new PortcullisError('PC_SHUTTING_DOWN'));
    if (request.stream && this.#openStreams >= this.#maxStreams)
      return failing(sink, busy(this.#server, this.#maxStreams));
    const credentials = this.#credentials;
    if (credentials === undefined) return this.#start(request, sink, undefined);
    const start = (value: string): Flow =>
      this.#start(request, new CredentialSink(sink, credentials, value), value);
    const value = credentials.current();
    return value === undefined ? new LaterFlow(credentials.wait(), start, sink) : start(value);
  }

  #start(request: HttpRequest, sink: AnswerSink, authorization: string | undefined): Flow {
    if (this.#stopped) return failing(sink, new PortcullisError('PC_SHUTTING_DOWN'));
    const headers = requestHeaders(this.#configured, request.headers, request.accept, request.sessionId);
    if (authorization !== undefined) headers.push('authorization', authorization);
    if (request.body !== null) headers.push('content-type', 'application/json');
    const { method, path, body } = request;
    const options: Dispatcher.DispatchOptions = { method, path, body, headers };
    if (!request.stream) return new Exchange(sink, this.#settings).start(this.#calls, options);
    this.#openStreams += 1;
    return new Exchange(sink, this.#settings, () => (this.#openStreams -= 1)).start(this.#streams, options);
  }

  /** Ends every exchange; resolves when all sockets are closed. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    const reason = new PortcullisError('PC_SHUTTING_DOWN');
    await Promise.all([this.#calls.destroy(reason), this.#streams.destroy(reason)]);
  }
}

function failing(sink: AnswerSink, error: PortcullisError): Flow {
  let cancelled = false;
  queueMicrotask(() => {
    if (!cancelled) sink.fail(error, 'no');
  });
  return { ...IDLE, cancel: () => void (cancelled = true) };
}
