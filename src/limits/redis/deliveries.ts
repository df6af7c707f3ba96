/**
 * What is to go back, on its way to Redis: tried again until it is there or no longer matters. An answer that was lost does not
 * give back twice, because the script remembers the hold. What cannot be delivered stays counted.
 */
import type { Taken } from '../types.ts';
import type { Answer } from './connection.ts';
import type { Keys } from './keys.ts';
import { SETTLE } from './reserve-script.ts';
import type { Script } from './script.ts';
import { leaseOf, type SharedHold } from './shared-hold.ts';

interface Delivery {
  readonly hold: SharedHold;
  readonly back: readonly Taken[];
}

export interface DeliveryOptions {
  readonly keys: Keys;
  readonly ask: (
    script: Script,
    epoch: string,
    keys: readonly string[],
    args: readonly string[],
  ) => Promise<Answer>;
  /** Ms since the epoch, by the clock that counts. */
  readonly now: () => number;
}

/** Waiting at most; of more, the oldest stay counted. */
const MOST = 100_000;

export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #waiting = new Set<Delivery>();
  readonly #going = new Set<Delivery>();
  #idle: (() => void)[] = [];

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  add(hold: SharedHold, back: readonly Taken[]): void {
    if (back.length === 0 && hold.slots.length === 0) return;
    const [oldest] = this.#waiting;
    if (oldest !== undefined && this.#waiting.size >= MOST) this.#waiting.delete(oldest);
    const delivery = { hold, back };
    this.#waiting.add(delivery);
    void this.#deliver(delivery);
  }

  /** Tries again what has not arrived. */
  again(): void {
    for (const delivery of this.#waiting) if (!this.#going.has(delivery)) void this.#deliver(delivery);
  }

  /** The counters that they were meant for are no more. */
  clear(): void {
    this.#waiting.clear();
    this.#wake();
  }

  /** Resolves when nothing waits. */
  arrived(): Promise<void> {
    if (this.#waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { keys, ask, now } = this.#options;
    const { hold, back } = delivery;
    const { epoch } = hold;
    const still = back.filter(({ expires }) => expires > now());
    const latest = still.reduce((most, { expires }) => Math.max(most, expires), 0);
    this.#going.add(delivery);
    try {
      await ask(
        SETTLE,
        epoch,
        [
          keys.settled(epoch, hold.id),
          ...hold.slots.map((counter) => keys.slots(epoch, counter)),
          ...still.flatMap(({ key }) => keys.window(epoch, key)),
        ],
        [
          String(hold.slots.length),
          String(Math.max(1, Math.ceil(latest - now())) + REMEMBERED_MS),
          ...hold.slots.map((_, place) => leaseOf(hold.id, place)),
          ...still.flatMap(({ bucket, expires, amount }) => [`${bucket}:${expires}`, String(amount)]),
        ],
      );
      this.#waiting.delete(delivery);
    } catch {
      // Tried again by `again`.
    } finally {
      this.#going.delete(delivery);
      this.#wake();
    }
  }

  #wake(): void {
    if (this.#waiting.size > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}

/** How much longer a hold is remembered than its last bucket counts: clocks differ. */
const REMEMBERED_MS = 60_000;
