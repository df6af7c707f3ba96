/**
 * Hands one answer to its sink in order, and holds it back while the sink has paused. Nothing reaches the sink after
 * `end`, `fail` or `cancel`. What is held is bounded by whoever feeds it: `onPressure` says when to stop and go on.
 */
import type { PortcullisError } from '../errors.ts';
import type { AnswerEnvelope, SseEvent } from '../wire/index.ts';
import type { AnswerHead, AnswerSink } from './types.ts';

/** Held bytes above which the source should stop. */
const HIGH_WATER_BYTES = 1024 * 1024;

export class Delivery implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #onPressure: ((high: boolean) => void) | undefined;
  #held: (() => void)[] = [];
  #heldBytes = 0;
  #high = false;
  #paused = false;
  #draining = false;
  #headGiven = false;
  #closed = false;

  constructor(sink: AnswerSink, onPressure?: (high: boolean) => void) {
    this.#sink = sink;
    this.#onPressure = onPressure;
  }

  /** True once `end`, `fail` or `cancel` was called. */
  get closed(): boolean {
    return this.#closed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  head(head: AnswerHead): void {
    if (this.#closed || this.#headGiven) return;
    this.#headGiven = true;
    if (this.#waits) this.#hold(0, () => this.#sink.head(head));
    else this.#sink.head(head);
  }

  message(bytes: Buffer, envelope: AnswerEnvelope, event?: SseEvent): void {
    if (this.#closed) return;
    if (this.#waits) this.#hold(bytes.length, () => this.#sink.message(bytes, envelope, event));
    else this.#sink.message(bytes, envelope, event);
  }

  event(event: SseEvent): void {
    if (this.#closed) return;
    if (this.#waits) this.#hold(event.raw.length, () => this.#sink.event(event));
    else this.#sink.event(event);
  }

  raw(bytes: Buffer): void {
    if (this.#closed) return;
    if (this.#waits) this.#hold(bytes.length, () => this.#sink.raw(bytes));
    else this.#sink.raw(bytes);
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#waits) this.#hold(0, () => this.#sink.end());
    else this.#sink.end();
  }

  fail(error: PortcullisError, ran: 'no' | 'unknown'): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#waits) this.#hold(0, () => this.#sink.fail(error, ran));
    else this.#sink.fail(error, ran);
  }

  cancel(): void {
    this.#closed = true;
    this.#held = [];
    this.#heldBytes = 0;
    this.#press(false);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (!this.#paused && this.#held.length > 0) this.#held.shift()!();
    } finally {
      this.#draining = false;
    }
    if (this.#held.length > 0) return;
    this.#heldBytes = 0;
    this.#press(false);
  }

  get #waits(): boolean {
    return this.#paused || this.#draining;
  }

  #hold(bytes: number, give: () => void): void {
    this.#held.push(give);
    this.#heldBytes += bytes;
    if (this.#heldBytes > HIGH_WATER_BYTES) this.#press(true);
  }

  #press(high: boolean): void {
    if (this.#high === high) return;
    this.#high = high;
    this.#onPressure?.(high);
  }
}
