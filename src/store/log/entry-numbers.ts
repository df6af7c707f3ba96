/**
 * What a block says of its entries in numbers, in lists that the next block uses again: made anew they would live just long
 * enough to be moved among what lives long, and be garbage there.
 */
import { COLUMNS } from './block.ts';

const FIRST_ROOM = 1024;
/** Blocks that are filled at the same time are few. */
const MOST_FREE = 4;
const free: EntryNumbers[] = [];

export class EntryNumbers {
  /** One list a column: places in the list of words. */
  readonly places: Int32Array[];
  at = new Float64Array(FIRST_ROOM);
  /** NaN where there is none. */
  overheadMs = new Float64Array(FIRST_ROOM);
  upstreamMs = new Float64Array(FIRST_ROOM);

  private constructor() {
    this.places = COLUMNS.map(() => new Int32Array(FIRST_ROOM));
  }

  static take(): EntryNumbers {
    return free.pop() ?? new EntryNumbers();
  }

  /** Not to be used any more by who calls this. */
  release(): void {
    if (free.length < MOST_FREE) free.push(this);
  }

  /** To be called before anything is said of the entry at `place`. */
  makeRoom(place: number): void {
    if (place === this.at.length) this.#grow(2 * place);
  }

  #grow(room: number): void {
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
