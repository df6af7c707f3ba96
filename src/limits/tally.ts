/**
 * What one counter holds: amounts in buckets that stop counting at their own time. A fixed window is one bucket; a sliding
 * window is up to about a thousand ticks. Memory is bounded by the number of buckets alive, never by the number of calls.
 */
import { exactSum } from './exact-sum.ts';

export interface Bucket {
  /** Start of the window or tick, ms since the epoch. */
  readonly start: number;
  amount: number;
  /** Ms since the epoch from which it no longer counts. */
  expires: number;
  /** False once it was dropped from its tally. */
  alive: boolean;
}

const COMPACT_AFTER = 64;

export class Tally {
  /** Ordered by `expires`; those before `#first` are dropped. */
  #buckets: Bucket[] = [];
  #first = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  get isEmpty(): boolean {
    return this.#first === this.#buckets.length;
  }

  /** Drops what no longer counts at `time`. */
  expire(time: number): void {
    for (let bucket = this.#buckets[this.#first]; bucket !== undefined && bucket.expires <= time;) {
      bucket.alive = false;
      this.#total = exactSum(this.#total, -bucket.amount);
      bucket = this.#buckets[++this.#first];
    }
    if (this.isEmpty) this.#clear();
    else if (this.#first > COMPACT_AFTER && this.#first * 2 > this.#buckets.length) {
      this.#buckets = this.#buckets.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Adds to the bucket with this start and end, which is made when there is none. */
  add(start: number, expires: number, amount: number): Bucket {
    this.#total = exactSum(this.#total, amount);
    let place = this.#buckets.length;
    while (place > this.#first && this.#at(place - 1).expires > expires) place--;
    for (let i = place - 1; i >= this.#first && this.#at(i).expires === expires; i--) {
      const known = this.#at(i);
      if (known.start !== start) continue;
      known.amount = exactSum(known.amount, amount);
      return known;
    }
    const bucket = { start, amount, expires, alive: true };
    if (place === this.#buckets.length) this.#buckets.push(bucket);
    else this.#buckets.splice(place, 0, bucket);
    return bucket;
  }

  /** Gives back into a bucket of this tally. Returns false when the bucket no longer counts. */
  giveBack(bucket: Bucket, amount: number): boolean {
    if (!bucket.alive) return false;
    bucket.amount = exactSum(bucket.amount, -amount);
    this.#total = exactSum(this.#total, -amount);
    if (bucket.amount <= 0) this.#drop(bucket);
    return true;
  }

  /** When the total, by expiry alone, will have fallen by `amount`; undefined when it never does. */
  freesAt(amount: number): number | undefined {
    let left = amount;
    for (let i = this.#first; i < this.#buckets.length; i++) {
      const bucket = this.#at(i);
      left = exactSum(left, -bucket.amount);
      if (left <= 0) return bucket.expires;
    }
    return undefined;
  }

  /** The clock stepped back: buckets of the abandoned future keep the rest of their lives, counted from the new time. */
  carryOver(from: number, to: number): void {
    this.expire(from);
    for (const bucket of this.#buckets) if (bucket.start > to) bucket.expires += to - from;
    const alive = this.#buckets.slice(this.#first);
    this.#buckets = alive.toSorted((a, b) => a.expires - b.expires);
    this.#first = 0;
  }

  #at(index: number): Bucket {
    return this.#buckets[index] as Bucket;
  }

  #drop(bucket: Bucket): void {
    bucket.alive = false;
    const index = this.#buckets.lastIndexOf(bucket);
    this.#buckets.splice(index, 1);
    if (this.isEmpty) this.#clear();
  }

  #clear(): void {
    this.#buckets.length = 0;
    this.#first = 0;
    this.#total = 0;
  }
}
