/** Gathers entries that follow each other in one chain until they go into the database together. */
import type { CounterChange } from '../backend.ts';
import type { EntryRow } from '../types.ts';
import { COLUMNS, TERM_COLUMNS, type Block, type Column } from './block.ts';
import { EntryNumbers, numbersOf } from './entry-numbers.ts';
import { indexed } from './indexed.ts';
import { packLines } from './packed-lines.ts';
import type { Positions } from './positions.ts';
import { Postings, type Posting } from './postings.ts';
import { StatSums } from '../stats/stat-sums.ts';
import { sumChanges } from './sum-changes.ts';

/** What is compared of an entry, whatever object states it. */
export type EntryFacts = Omit<EntryRow, 'chain' | 'seq' | 'line'>;

type Change = Omit<CounterChange, 'seq'>;

/**
 * Small numbers in lists instead of an object an entry: hundreds of entries wait here at a time, and what waits is what a
 * collection of garbage has to copy. Nothing is added after `build`.
 */
export class BlockBuilder {
  readonly chain: string;
  readonly firstSeq: number;
  readonly #words: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #numbers = EntryNumbers.take();
  readonly #lines: Buffer[] = [];
  readonly #changes = new Map<string, Change>();
  readonly #stats: StatSums;
  #size = 0;
  #built: Block | undefined;

  /** @param stats what its decisions are added to */
  constructor(chain: string, firstSeq: number, stats = new StatSums()) {
    this.chain = chain;
    this.firstSeq = firstSeq;
    this.#stats = stats;
  }

  get size(): number {
    return this.#size;
  }

  /** The next entry; its line follows by `addLines`. */
  add(entry: EntryFacts): void {
    const numbers = this.#numbers;
    const row = this.#size;
    numbers.makeRoom(row);
    for (let column = 0; column < COLUMNS.length; column += 1)
      numbers.places[column]![row] = this.#place(entry[COLUMNS[column]!]);
    numbers.at[row] = entry.at;
    numbers.overheadMs[row] = entry.overheadMs ?? Number.NaN;
    numbers.upstreamMs[row] = entry.upstreamMs ?? Number.NaN;
    this.#size = row + 1;
    this.#stats.add(entry);
  }

  /** Lines of the entries added so far, in order, each with its line feed. */
  addLines(bytes: Buffer): void {
    this.#lines.push(bytes);
  }

  addChange({ key, bucket, amount, expires }: Change): void {
    const place = `${bucket} ${key}`;
    const before = this.#changes.get(place);
    if (before === undefined) this.#changes.set(place, { key, bucket, amount, expires });
    else
      this.#changes.set(place, {
        key,
        bucket,
        amount: before.amount + amount,
        expires: Math.max(before.expires, expires),
      });
  }

  /** The same block each time. */
  build(): Block {
    if (this.#built === undefined) {
      this.#built = this.#build();
      this.#numbers.release();
    }
    return this.#built;
  }

  #build(): Block {
    const numbers = this.#numbers;
    let [atMin, atMax] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = 0; row < this.#size; row += 1) {
      const at = numbers.at[row]!;
      if (at < atMin) atMin = at;
      if (at > atMax) atMax = at;
    }
    return {
      chain: this.chain,
      firstSeq: this.firstSeq,
      lastSeq: this.firstSeq + this.size - 1,
      atMin,
      atMax,
      heads: JSON.stringify({
        words: this.#words,
        columns: numbers.places.map((places) => numbersOf(places, this.#size)),
        at: numbersOf(numbers.at, this.#size),
        overheadMs: numbersOf(numbers.overheadMs, this.#size),
        upstreamMs: numbersOf(numbers.upstreamMs, this.#size),
      }),
      lines: packLines(this.#lines.length === 1 ? this.#lines[0]! : Buffer.concat(this.#lines)),
      postings: this.#postings(),
      ids: [...this.#distinct('id')].map(indexed),
      changes: sumChanges([...this.#changes.values()]),
      stats: this.#stats,
    };
  }

  #place(word: string | null): number {
    if (word === null) return -1;
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  #placesOf(column: Column): Int32Array {
    return this.#numbers.places[COLUMNS.indexOf(column)]!.subarray(0, this.#size);
  }

  #distinct(column: Column): Set<string> {
    const places = new Set(this.#placesOf(column));
    places.delete(-1);
    return new Set([...places].map((place) => this.#words[place]!));
  }

  #postings(): Posting[] {
    const postings = new Postings();
    for (const column of TERM_COLUMNS) {
      const places = this.#placesOf(column);
      const byPlace = new Map<number, Positions>();
      for (let position = 0; position < places.length; position += 1) {
        const place = places[position]!;
        if (place === -1) continue;
        let positions = byPlace.get(place);
        if (positions === undefined)
          byPlace.set(place, (positions = postings.of(column, this.#words[place]!)));
        positions.push(position);
      }
    }
    return postings.list();
  }
}
