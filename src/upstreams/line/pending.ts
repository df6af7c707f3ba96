/** A request that waits for its answer on a two-way line, and the head that the answer turns out to need. */
import type { AnswerEnvelope, RequestMessage } from '../../wire/index.ts';
import type { Delivery } from '../delivery.ts';

const JSON_HEAD = { status: 200, kind: 'json', headers: { 'content-type': 'application/json' } } as const;
const SSE_HEAD = { status: 200, kind: 'sse', headers: { 'content-type': 'text/event-stream' } } as const;

export class Pending {
  readonly id: string | number;
  readonly method: string;
  readonly progressToken: string | number | undefined;
  readonly delivery: Delivery;
  #streaming = false;

  constructor(message: RequestMessage, delivery: Delivery) {
    this.id = message.id.value;
    this.method = message.method;
    this.progressToken = progressTokenOf(message);
    this.delivery = delivery;
  }

  /** The answer itself: alone it is a JSON body, after other messages the last of a stream. */
  answer(bytes: Buffer, envelope: AnswerEnvelope): void {
    if (!this.#streaming) this.delivery.head(JSON_HEAD);
    this.delivery.message(bytes, envelope);
    this.delivery.end();
  }

  /** A message that belongs to this request but does not answer it. */
  stream(bytes: Buffer, envelope: AnswerEnvelope): void {
    if (!this.#streaming) this.delivery.head(SSE_HEAD);
    this.#streaming = true;
    this.delivery.message(bytes, envelope);
  }
}

/** `params._meta.progressToken`, when the request has one. */
export function progressTokenOf(message: RequestMessage): string | number | undefined {
  const meta = message.params?._meta;
  if (typeof meta !== 'object' || meta === null || !('progressToken' in meta)) return undefined;
  const token = meta.progressToken;
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
