/** The client's side of an exchange with one server, seen through `/mcp`. */
import type { AnswerHead } from '../../upstreams/index.ts';
import { encodeEvent, type SseEvent } from '../../wire/index.ts';
import type { Front } from '../call.ts';
import { prefixedId } from './names.ts';
import { outward } from './outward.ts';

const NOTHING = Buffer.alloc(0);

export class OutwardFront implements Front {
  readonly surface;
  readonly #inner: Front;
  readonly #slug: string;
  readonly #method: string | undefined;

  constructor(inner: Front, slug: string, method: string | undefined) {
    this.surface = inner.surface;
    this.#inner = inner;
    this.#slug = slug;
    this.#method = method;
  }

  /** The client has an id of its own for the sessions of all servers. */
  head(head: AnswerHead): void {
    const { sessionId: _, ...rest } = head;
    this.#inner.head(rest);
  }

  message(bytes: Buffer, event?: SseEvent): void {
    const named = outward(bytes, this.#slug, this.#method);
    if (event === undefined) return this.#inner.message(named);
    this.#inner.message(named, { ...event, id: this.#eventId(event), raw: NOTHING });
  }

  event(event: SseEvent): void {
    if (event.id === undefined) return this.#inner.event(event);
    const fields = { ...event, id: this.#eventId(event), data: event.data ?? '' };
    this.#inner.event({ ...event, raw: encodeEvent(fields) });
  }

  raw(bytes: Buffer): void {
    this.#inner.raw(bytes);
  }

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

  #eventId({ id }: SseEvent): string | undefined {
    return id === undefined ? undefined : prefixedId(this.#slug, id);
  }
}
