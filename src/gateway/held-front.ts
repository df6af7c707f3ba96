/**
 * The client's side of a call whose HTTP answer has begun as a stream, because it waited and said so. The server's own head
 * comes too late to be passed on; its messages go into the stream that is open.
 */
import type { AnswerHead } from '../upstreams/index.ts';
import type { SseEvent } from '../wire/index.ts';
import type { Front } from './call.ts';

const STREAM: AnswerHead = { status: 200, kind: 'sse', headers: {} };

export class HeldFront implements Front {
  /** Not plain HTTP any more: what is not an MCP message is answered with an error in the stream. */
  readonly surface = 'sse';
  readonly #inner: Front;

  constructor(inner: Front) {
    this.#inner = inner;
    inner.head(STREAM);
  }

  head(_head: AnswerHead): void {}

  message(bytes: Buffer, event?: SseEvent): void {
    this.#inner.message(bytes, event);
  }

  event(event: SseEvent): void {
    this.#inner.event(event);
  }

  raw(_bytes: Buffer): void {}

  end(): void {
    this.#inner.end();
  }

  reply(status: number, bytes: Buffer | null, headers?: Readonly<Record<string, string>>): void {
    this.#inner.reply(status, bytes, headers);
  }

  onGone(listener: () => void): () => void {
    return this.#inner.onGone(listener);
  }

  ready(listener: () => void): boolean {
    return this.#inner.ready(listener);
  }
}
