/** The client's side of an exchange with one server, seen through `/mcp`. */
import type { AnswerHead } from '../../upstreams/index.ts';
import { encodeEvent, withoutBytes, type SseEvent } from '../../wire/index.ts';
import type { Front } from '../call.ts';
import { PassingFront } from '../passing-front.ts';
import { prefixedId } from './names.ts';
import { outward } from './outward.ts';

export class OutwardFront extends PassingFront {
  readonly #slug: string;
  readonly #method: string | undefined;

  constructor(inner: Front, slug: string, method: string | undefined) {
    super(inner);
    this.#slug = slug;
    this.#method = method;
  }

  /** The client has an id of its own for the sessions of all servers. */
  head(head: AnswerHead): void {
    const { sessionId: _, ...rest } = head;
    this.inner.head(rest);
  }

  override message(bytes: Buffer, event?: SseEvent): void {
    const named = outward(bytes, this.#slug, this.#method);
    const own = event === undefined ? undefined : { ...event, id: this.#eventId(event) };
    this.inner.message(named, withoutBytes(own));
  }

  override event(event: SseEvent): void {
    if (event.id === undefined) return this.inner.event(event);
    const fields = { ...event, id: this.#eventId(event), data: event.data ?? '' };
    this.inner.event({ ...event, raw: encodeEvent(fields) });
  }

  #eventId({ id }: SseEvent): string | undefined {
    return id === undefined ? undefined : prefixedId(this.#slug, id);
  }
}
