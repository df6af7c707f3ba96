/** An HTTP response as the client's side of an exchange. Streams are written event by event, as they come. */
import type { ServerResponse } from 'node:http';
import type { AnswerHead } from '../../upstreams/index.ts';
import { comment, encodeEvent, type SseEvent } from '../../wire/index.ts';
import type { Front } from '../call.ts';

const SSE_HEADERS = [
  'content-type',
  'text/event-stream',
  'cache-control',
  'no-cache',
  'x-accel-buffering',
  'no',
] as const;
const KEEP_ALIVE = comment('keep-alive');
const NOTHING = (): void => {};

export class HttpFront implements Front {
  readonly surface = 'http';
  readonly #response: ServerResponse;
  readonly #streams: Set<HttpFront>;
  #head: AnswerHead | undefined;
  #json: Buffer | undefined;
  /** Monotonic ms of the last byte written to a stream. */
  #lastWrite = 0;

  /** @param streams where it stands while it is a stream: what the keep-alive timer goes through */
  constructor(response: ServerResponse, streams: Set<HttpFront>) {
    this.#response = response;
    this.#streams = streams;
  }

  /** A stream is open: the keep-alive timer looks at it. */
  get #streaming(): boolean {
    return this.#head?.kind === 'sse' && !this.#response.writableEnded;
  }

  head(head: AnswerHead): void {
    this.#head = head;
    if (head.kind === 'sse') {
      this.#response.writeHead(head.status, listed(head));
      this.#joinTurn();
      this.#response.flushHeaders();
      this.#streams.add(this);
      this.#response.on('close', () => this.#streams.delete(this));
      this.#lastWrite = performance.now();
    } else if (head.kind === 'other') {
      this.#response.writeHead(head.status, listed(head));
    }
  }

  message(bytes: Buffer, event?: SseEvent): void {
    if (this.#head?.kind === 'sse') {
      this.#write(
        event === undefined
          ? encodeEvent({ data: bytes })
          : event.raw.length > 0
            ? event.raw
            : encodeEvent({ ...event, data: bytes }),
      );
    } else {
      this.#json = bytes;
    }
  }

  event(event: SseEvent): void {
    if (this.#head?.kind === 'sse') this.#write(event.raw);
  }

  raw(bytes: Buffer): void {
    this.#response.write(bytes);
  }

  end(): void {
    const { writableEnded, headersSent } = this.#response;
    if (writableEnded) return;
    if (headersSent) {
      this.#response.end();
    } else {
      const head = this.#head;
      const body = this.#json;
      const headers = head === undefined ? [] : listed(head);
      headers.push('content-length', String(body?.length ?? 0));
      this.#response.writeHead(head?.status ?? 202, headers);
      this.#response.end(body);
    }
  }

  reply(status: number, bytes: Buffer | null, headers: Readonly<Record<string, string>> = {}): void {
    if (this.#response.writableEnded) return;
    if (this.#response.headersSent) {
      if (bytes !== null && this.#head?.kind === 'sse') this.#write(encodeEvent({ data: bytes }));
      this.#response.end();
      return;
    }
    this.#response.writeHead(status, { ...headers, 'content-length': bytes?.length ?? 0 });
    this.#response.end(bytes ?? undefined);
  }

  onGone(listener: () => void): () => void {
    const response = this.#response;
    if (response.destroyed && !response.writableFinished) queueMicrotask(listener);
    else
      response.on('close', () => {
        if (!response.writableFinished) listener();
      });
    // The listener goes with the response, which ends with the exchange.
    return NOTHING;
  }

  ready(listener: () => void): boolean {
    if (!this.#response.writableNeedDrain) return true;
    this.#response.once('drain', listener);
    return false;
  }

  /** Proxies and clients cut silent streams; a comment is not an event. */
  keepAlive(now: number, afterMs: number): void {
    if (this.#streaming && now - this.#lastWrite >= afterMs) this.#write(KEEP_ALIVE);
  }

  /** What is written until the end of this turn of the event loop leaves in one piece: mostly the whole answer is there already. */
  #joinTurn(): void {
    const { socket } = this.#response;
    if (socket === null) return;
    socket.cork();
    process.nextTick(() => socket.uncork());
  }

  #write(bytes: Buffer): void {
    this.#lastWrite = performance.now();
    this.#response.write(bytes);
  }
}

/** Names and values in turn, as `writeHead` takes them. */
function listed({ kind, headers, sessionId }: AnswerHead): string[] {
  const list: string[] = kind === 'sse' ? [...SSE_HEADERS] : [];
  for (const name in headers) if (kind !== 'sse' || name !== 'content-type') list.push(name, headers[name]!);
  if (sessionId !== undefined) list.push('mcp-session-id', sessionId);
  return list;
}
