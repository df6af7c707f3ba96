/** A client's side of an exchange with another behind it: what a subclass does not change goes through as it is. */
import type { AnswerHead } from '../upstreams/index.ts';
import type { SseEvent } from '../wire/index.ts';
import type { Front } from './call.ts';

export abstract class PassingFront implements Front {
  readonly surface: Front['surface'];
  protected readonly inner: Front;

  constructor(inner: Front, surface = inner.surface) {
    this.inner = inner;
    this.surface = surface;
  }

  abstract head(head: AnswerHead): void;

  message(bytes: Buffer, event?: SseEvent): void {
    this.inner.message(bytes, event);
  }

  event(event: SseEvent): void {
    this.inner.event(event);
  }

  raw(bytes: Buffer): void {
    this.inner.raw(bytes);
  }

  end(): void {
    this.inner.end();
  }

  reply(status: number, bytes: Buffer | null, headers?: Readonly<Record<string, string>>): void {
    this.inner.reply(status, bytes, headers);
  }

  onGone(listener: () => void): () => void {
    return this.inner.onGone(listener);
  }

  ready(listener: () => void): boolean {
    return this.inner.ready(listener);
  }
}
