/**
 * Counters in the memory of one process. Everything is synchronous, so a reservation can neither be seen half done nor be
 * overtaken. What is lost with the process comes back from the log through `restore`.
 */
import type { KeyObject } from 'node:crypto';
import { PortcullisError } from '../errors.ts';
import type { ConcurrentReservation, LimitRefusal, Reservation, WindowReservation } from '../policy/index.ts';
import { createCounterKeys, windowSeconds } from './counter-key.ts';
import { exactSum } from './exact-sum.ts';
import { OpenHold } from './open-hold.ts';
import { SteadyTime } from './steady-time.ts';
import { Tally } from './tally.ts';
import type { Counters, Hold, LimitOwner } from './types.ts';

export interface CountersOptions {
  /** Key for the digests that stand for `by` values in counter keys. Without it they are plain SHA-256. Must be the same after a restart. */
  readonly byKey?: KeyObject;
  /** Counters alive at most; a call that needs one more throws PC_COUNTERS_UNAVAILABLE. Default 1,000,000. */
  readonly maxCounters?: number;
}

/** Dropped counters are looked for a few at a time, so that no call pays for all of them. */
const SWEPT_PER_CALL = 1;
/** So few are not looked through at all. */
const FEW = 16;

/** Counters of this process. `reserve` and `peek` throw PortcullisError PC_COUNTERS_UNAVAILABLE when `maxCounters` are alive. */
export function createCounters(options: CountersOptions = {}): Counters {
  return new MemoryCounters(options);
}

class MemoryCounters implements Counters {
  readonly #tallies = new Map<string, Tally>();
  readonly #slots = new Map<string, number>();
  readonly #maxCounters: number;
  readonly #keyOf: (owner: LimitOwner, reservation: Reservation) => string;
  readonly #time = new SteadyTime((from, to) => {
    for (const tally of this.#tallies.values()) tally.carryOver(from, to);
  });
  #sweep = this.#tallies.entries();

  constructor(options: CountersOptions) {
    this.#maxCounters = options.maxCounters ?? 1_000_000;
    this.#keyOf = createCounterKeys(options.byKey);
  }

  peek(owner: LimitOwner, reservations: readonly Reservation[], now: number): LimitRefusal | undefined {
    const answer = this.reserve(owner, reservations, now);
    if (!('release' in answer)) return answer;
    answer.release();
    return undefined;
  }

  reserve(owner: LimitOwner, reservations: readonly Reservation[], now: number): Hold | LimitRefusal {
    const time = this.#time.at(now);
    this.#sweepSome(time, reservations.length + SWEPT_PER_CALL);
    const hold = new OpenHold(this.#freeSlot);
    try {
      for (const reservation of reservations) {
        const key = this.#keyOf(owner, reservation);
        const refusal =
          reservation.kind === 'concurrent'
            ? this.#takeSlot(hold, key, reservation)
            : this.#takeWindow(hold, key, reservation, time, now);
        if (refusal === undefined) continue;
        hold.release();
        return refusal;
      }
    } catch (thrown) {
      hold.release();
      throw thrown;
    }
    return hold;
  }

  restore(bucket: { key: string; bucket: number; amount: number; expires: number }): void {
    if (!(bucket.amount > 0)) return;
    this.#time.reached(bucket.bucket);
    this.#tally(bucket.key).add(bucket.bucket, bucket.expires, bucket.amount);
  }

  #takeWindow(
    hold: OpenHold,
    key: string,
    reservation: WindowReservation,
    time: number,
    now: number,
  ): LimitRefusal | undefined {
    const { amount, max } = reservation;
    const known = this.#tallies.get(key);
    known?.expire(time);
    const used = known?.total ?? 0;
    const after = exactSum(used, amount);
    const seconds = windowSeconds(reservation.window);
    const sane = amount >= 0 && amount < Number.POSITIVE_INFINITY && seconds > 0 && max >= 0;
    // An amount that the sum swallows (too small beside what is already there) would be free.
    if (!sane || !(after <= max) || (amount > 0 && after <= used)) {
      const resetsAt =
        sane && amount <= max
          ? known?.freesAt(Math.max(exactSum(after, -max), amount > 0 ? Number.MIN_VALUE : 0))
          : undefined;
      if (resetsAt === undefined) return { reservation, used };
      return {
        reservation,
        used,
        resetsAt,
        retryAfterSeconds: Math.max(1, Math.ceil((resetsAt - now) / 1000)),
      };
    }
    if (amount === 0) return undefined;
    const tally = known ?? this.#tally(key);
    // Sliding: a tick of a thousandth of the window counts until the last call in it is more than a window old.
    const width = reservation.algorithm === 'sliding' ? seconds : seconds * 1000;
    const start = Math.floor(time / width) * width;
    const expires = reservation.algorithm === 'sliding' ? start + width + seconds * 1000 : start + width;
    const bucket = tally.add(start, expires, amount);
    hold.addWindow({ key, bucket: start, amount, expires, reservation }, tally, bucket);
    return undefined;
  }

  #takeSlot(hold: OpenHold, key: string, reservation: ConcurrentReservation): LimitRefusal | undefined {
    const used = this.#slots.get(key) ?? 0;
    if (!(used + 1 <= reservation.max)) return { reservation, used };
    this.#slots.set(key, used + 1);
    hold.addSlot(key);
    return undefined;
  }

  readonly #freeSlot = (key: string): void => {
    const used = this.#slots.get(key) ?? 0;
    if (used > 1) this.#slots.set(key, used - 1);
    else this.#slots.delete(key);
  };

  #tally(key: string): Tally {
    const known = this.#tallies.get(key);
    if (known !== undefined) return known;
    if (this.#tallies.size >= this.#maxCounters) throw new PortcullisError('PC_COUNTERS_UNAVAILABLE');
    const tally = new Tally();
    this.#tallies.set(key, tally);
    return tally;
  }

  #sweepSome(time: number, count: number): void {
    if (this.#tallies.size < Math.min(FEW, this.#maxCounters)) return;
    for (let i = 0; i < count; i++) {
      const next = this.#sweep.next();
      if (next.done === true) {
        this.#sweep = this.#tallies.entries();
        return;
      }
      const [key, tally] = next.value;
      tally.expire(time);
      if (tally.isEmpty) this.#tallies.delete(key);
    }
  }
}
