/**
 * What a block says of its entries in numbers, in lists that the next block uses again: made anew they would live just long
 * enough to be moved among what lives long, and be garbage there.
 */
const FIRST_ROOM = 1024;
/** Blocks that are filled at the same time are few. */
const MOST_FREE = 4;
const free: EntryNumbers[] = [];

export class EntryNumbers {
  size = 0;
  /** One list a column: places in the list of words. */
  readonly places: Int32Array[];
  at = new Float64Array(FIRST_ROOM);
  /** NaN where there is none. */
  overheadMs = new Float64Array(FIRST_ROOM);
  upstreamMs = new Float64Array(FIRST_ROOM);

  private constructor(columns: number) {
    this.places = Array.from({ length: columns }, () => new Int32Array(FIRST_ROOM));
  }

  static take(columns: number): EntryNumbers {
    const numbers = free.pop();
    return numbers?.places.length === columns ? numbers : new EntryNumbers(columns);
  }

  /** Not to be used any more by who calls this. */
  release(): void {
    this.size = 0;
    if (free.length < MOST_FREE) free.push(this);
  }

  /** The place of the next entry. */
  next(): number {
    if (this.size === this.at.length) this.#grow();
    this.size += 1;
    return this.size - 1;
  }

  #grow(): void {
    const room = 2 * this.size;
    for (const [column, before] of this.places.entries()) {
      this.places[column] = new Int32Array(room);
      this.places[column].set(before);
    }
    for (const name of ['at', 'overheadMs', 'upstreamMs'] as const) {
      const before = this[name];
      this[name] = new Float64Array(room);
      this[name].set(before);
    }
  }
}

/** As JSON writes it: null where there is no number. */
export function numbersOf(list: Int32Array | Float64Array, size: number): (number | null)[] {
  const numbers: (number | null)[] = [];
  for (let place = 0; place < size; place += 1) {
    const value = list[place]!;
    numbers.push(Number.isNaN(value) ? null : value);
  }
  return numbers;
}
