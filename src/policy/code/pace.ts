/**
 * Who reads code shares the process with every other call: work is done in slices, one of them in each round of the event
 * loop however many texts are being read, and a text that is not done at its deadline is given up.
 */
import type { Steps } from './checker.ts';

const FIRST_SLICE_MS = 2;
const SLICE_MS = 4;

export class Pace {
  readonly #now: () => number;
  readonly #rest: () => Promise<unknown>;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param now monotonic ms @param rest resolves after others had their turn in the event loop */
  constructor(now: () => number, rest: () => Promise<unknown>) {
    this.#now = now;
    this.#rest = rest;
  }

  now(): number {
    return this.#now();
  }

  /** Whether the work was done before the deadline (on the scale of `now`). */
  async run(steps: Steps, deadline: number): Promise<boolean> {
    let until = this.#now() + FIRST_SLICE_MS;
    while (steps.next().done !== true) {
      const now = this.#now();
      if (now >= deadline) return false;
      if (now < until) continue;
      await this.#next();
      until = this.#now() + SLICE_MS;
    }
    return this.#now() < deadline;
  }

  #next(): Promise<unknown> {
    this.#turn = this.#turn.then(this.#rest);
    return this.#turn;
  }
}
