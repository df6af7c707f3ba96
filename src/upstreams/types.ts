/** Where calls go. One `Upstream` per registered server, one `UpstreamSession` per client session or stateless exchange. */
import type { PortcullisError } from '../errors.ts';
import type { AnswerEnvelope, Message, SseEvent } from '../wire/index.ts';
import type { AddressGuard } from './address/address-guard.ts';

export type UpstreamConfig =
  | {
      readonly transport: 'http' | 'sse';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly transport: 'stdio';
      readonly command: readonly [string, ...string[]];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd?: string;
      /** Which of our own variables it gets beside `env`; the usual small base when absent. */
      readonly inherit?: readonly string[];
    };

export interface UpstreamLimits {
  /** Milliseconds to open a connection, DNS and TLS included. Default 5,000. */
  readonly connectTimeoutMs: number;
  /** Milliseconds from dispatch to the first byte of the answer; 0 = none. Default 0: long calls are the client's business. */
  readonly headTimeoutMs: number;
  /** Largest JSON answer or single SSE event in bytes. Default 64 MiB. */
  readonly maxMessageBytes: number;
  /** Sessions (and child processes) at most. Default 1,000 for http and sse, 64 for stdio. */
  readonly maxSessions: number;
}

/** Credentials that change while an upstream is in use. */
export interface CredentialSource {
  /** The value of the Authorization header when it is at hand. Cheap, and never throws. */
  current(): string | undefined;
  /** The value, when it must be waited for. @throws PC_UPSTREAM_SIGN_IN, PC_UPSTREAM_AUTHORIZATION */
  wait(): Promise<string>;
  /** What the upstream said to a request that carried `value`: `refused` for HTTP 401. */
  judged(value: string, refused: boolean): void;
}

/** What an upstream needs from the program around it. */
export interface UpstreamContext {
  /** The server's slug, as error texts and log lines name it. */
  readonly name: string;
  readonly limits?: Partial<UpstreamLimits>;
  readonly guard: AddressGuard;
  /** Its Authorization header, when that is not one of the configured headers. */
  readonly credentials?: CredentialSource;
  readonly logger: Logger;
  /** Ms, only differences count. */
  readonly clock: () => number;
}

export interface Logger {
  debug(details: object, text: string): void;
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

/** What the HTTP status line and headers of an answer say, whatever the transport. */
export interface AnswerHead {
  /** HTTP status to answer with; stdio and legacy SSE say 200 for requests and 202 for notifications and responses. */
  readonly status: number;
  readonly kind: 'json' | 'sse' | 'empty' | 'other';
  /** Allow-listed upstream headers in lower case (mcp-protocol-version, content-type, retry-after, allow); never credentials or cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** The upstream's own Mcp-Session-Id, when it set one. */
  readonly sessionId?: string | undefined;
}

/**
 * Receives one answer. Called in order: `head` once, then any number of `message`/`event`/`raw`, then `end` or `fail` once.
 * `fail` before `head` is possible. Nothing is called after the returned cancel function ran.
 */
export interface AnswerSink {
  head(head: AnswerHead): void;
  /** One whole JSON-RPC message: a JSON body, or the data of one SSE event (then `event` holds its exact bytes). Return false to pause until `resume`. */
  message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent): void;
  /** An SSE event without a JSON-RPC message: priming event, comment, retry. */
  event(event: SseEvent): void;
  /** Body bytes of a `kind: 'other'` answer (an HTML error page, plain text), at most 64 KiB of them. */
  raw(bytes: Buffer): void;
  end(): void;
  /** The answer will not come. `ran` says what is known: 'no' = the upstream provably did not receive the message. */
  fail(error: PortcullisError, ran: 'no' | 'unknown'): void;
}

/** A judged message on its way out. Only `src/gateway` may build one. */
export interface Outbound {
  readonly message: Message;
  /** Exact bytes to send; usually `message.bytes`. A batch is one Outbound whose bytes are the array. */
  readonly bytes: Buffer;
  /** Client request headers that may pass (accept, mcp-protocol-version, mcp-method, mcp-name, mcp-param-*, last-event-id, traceparent, tracestate), lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The upstream's session id to send as Mcp-Session-Id. */
  readonly sessionId?: string | undefined;
}

export interface Flow {
  /** Stops the exchange: aborts the upstream request (HTTP), or forgets the pending answer (stdio, SSE). */
  cancel(): void;
  /** Stop and restart reading from the upstream: backpressure from a slow client. */
  pause(): void;
  resume(): void;
}

/** How a session died by itself. */
export interface Ending {
  /** Of a child; 127 when it could not be started, as a shell has it. */
  readonly exitCode?: number | null;
  readonly signal?: string | null;
  /** The same in words. */
  readonly how?: string;
}

export interface UpstreamSession {
  /** Sends one message (or one batch). Never retries. */
  send(outbound: Outbound, sink: AnswerSink): Flow;
  /** Opens the stream of server-initiated messages (HTTP GET). A `last-event-id` among the headers resumes where the transport can. */
  listen(headers: Readonly<Record<string, string>>, sessionId: string | undefined, sink: AnswerSink): Flow;
  /** Ends the session at the upstream (HTTP DELETE); the sink gets the upstream's status. */
  terminate(headers: Readonly<Record<string, string>>, sessionId: string | undefined, sink: AnswerSink): void;
  /** Frees local resources: kills the child, closes the SSE stream. Idempotent. */
  close(): void;
  /** Resolves when the session died by itself (child exit, stream end), with the exit code of a child. */
  readonly closed: Promise<Ending>;
}

export interface Upstream {
  /** The server's slug, for error texts. */
  readonly name?: string;
  readonly transport: 'http' | 'sse' | 'stdio';
  /** Whether the upstream itself has Mcp-Session-Id sessions (http); for the others the gateway mints them. */
  readonly ownSessions: boolean;
  /**
   * A session of its own for one client session. HTTP returns a shared, stateless object.
   * @throws PortcullisError PC_UPSTREAM_BUSY when `maxSessions` are open.
   */
  open(key: string): UpstreamSession;
  /** Whether `open` would throw PC_UPSTREAM_BUSY; absent where sessions are not bounded. */
  isFull?(): boolean;
  /** Graceful stop: no new sessions, then close everything; resolves when processes are gone. */
  stop(): Promise<void>;
}
