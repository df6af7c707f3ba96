/** Spans that nobody will see: counted, and said in the log, at most once a minute. */
import type { Logger } from '../gateway/index.ts';

const EVERY_MS = 60_000;

export class Losses {
  readonly #logger: Logger;
  readonly #collector: string;
  readonly #clock: () => number;
  #total = 0;
  #said = 0;
  #saidAt = -Infinity;
  #why = '';

  /** @param collector how it is called in the log: without its path, which may hold a key */
  constructor(logger: Logger, collector: string, clock: () => number) {
    this.#logger = logger;
    this.#collector = collector;
    this.#clock = clock;
  }

  get total(): number {
    return this.#total;
  }

  note(spans: number, why: string): void {
    this.#total += spans;
    this.#why = why;
    if (this.#clock() - this.#saidAt >= EVERY_MS) this.say();
  }

  /** What has not been said yet. */
  say(): void {
    const spans = this.#total - this.#said;
    if (spans === 0) return;
    this.#said = this.#total;
    this.#saidAt = this.#clock();
    this.#logger.warn(
      { spans, collector: this.#collector, why: this.#why },
      'spans were dropped; calls are not concerned',
    );
  }
}
