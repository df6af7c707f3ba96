/**
 * Messages of a server that belong to no request: they go to whoever listens, and wait for a listener within a bound.
 * What does not fit any more is dropped and logged, oldest first.
 */
import type { AnswerEnvelope } from '../../wire/index.ts';
import { Delivery } from '../delivery.ts';
import type { AnswerSink, Flow, Logger } from '../types.ts';

const MOST_MESSAGES = 256;
const MOST_BYTES = 4 * 1024 * 1024;

interface Stray {
  readonly bytes: Buffer;
  readonly envelope: AnswerEnvelope;
}

export class Strays {
  readonly #server: string;
  readonly #logger: Logger;
  readonly #listeners: Delivery[] = [];
  #waiting: Stray[] = [];
  #waitingBytes = 0;

  constructor(server: string, logger: Logger) {
    this.#server = server;
    this.#logger = logger;
  }

  /** The newest listener hears everything; older ones take over when it leaves. */
  listen(sink: AnswerSink, onPressure: (high: boolean) => void): Flow {
    const delivery = new Delivery(sink, onPressure);
    this.#listeners.push(delivery);
    queueMicrotask(() => {
      delivery.head({ status: 200, kind: 'sse', headers: { 'content-type': 'text/event-stream' } });
      if (!delivery.closed) this.drain((bytes, envelope) => delivery.message(bytes, envelope));
    });
    return {
      cancel: () => {
        delivery.cancel();
        this.#leave(delivery);
      },
      pause: () => delivery.pause(),
      resume: () => delivery.resume(),
    };
  }

  /** False when nobody listens. */
  give(bytes: Buffer, envelope: AnswerEnvelope): boolean {
    const listener = this.#listeners.at(-1);
    listener?.message(bytes, envelope);
    return listener !== undefined;
  }

  keep(bytes: Buffer, envelope: AnswerEnvelope): void {
    this.#waiting.push({ bytes, envelope });
    this.#waitingBytes += bytes.length;
    while (this.#waiting.length > MOST_MESSAGES || this.#waitingBytes > MOST_BYTES) {
      const dropped = this.#waiting.shift()!;
      this.#waitingBytes -= dropped.bytes.length;
      this.#logger.warn(
        { server: this.#server, method: dropped.envelope.method },
        'dropped a message of the server that nobody listened for',
      );
    }
  }

  /** Hands over what waited. */
  drain(give: (bytes: Buffer, envelope: AnswerEnvelope) => void): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const { bytes, envelope } of waiting) give(bytes, envelope);
  }

  /** Ends every listener's stream. */
  end(): void {
    for (const listener of this.#listeners.splice(0)) listener.end();
  }

  #leave(delivery: Delivery): void {
    const index = this.#listeners.indexOf(delivery);
    if (index !== -1) this.#listeners.splice(index, 1);
  }
}
