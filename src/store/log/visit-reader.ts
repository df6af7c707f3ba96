/** Reads the blocks that a search visits, as many by one question as it takes to fill a page: a question costs a way to the database. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import type { EntryHead } from './block.ts';
import { keyOf, readBlock, readBlocks } from './read-blocks.ts';
import type { Visit } from './visits.ts';

/** Blocks of one question: some hundred thousand bytes each. */
const MOST = 8;

export class VisitReader {
  readonly #db: Db;
  readonly #wanted: (head: EntryHead) => boolean;
  /** Read and not asked for yet. */
  readonly #ahead = new Map<string, EntryRow[]>();
  /** Where fewer entries are found than there may be, the next question is for more blocks. */
  #least = 1;

  constructor(db: Db, wanted: (head: EntryHead) => boolean) {
    this.#db = db;
    this.#wanted = wanted;
  }

  /** The entries of the block at `place`. @param missing how many entries the page lacks @throws PC_STORE_UNAVAILABLE */
  async read(visits: readonly Visit[], place: number, missing: number): Promise<EntryRow[]> {
    const visit = visits[place]!;
    if (visit.positions === undefined) return readBlock(this.#db, visit, this.#wanted);
    if (visit.positions.length === 0) return [];
    if (!this.#ahead.has(keyOf(visit))) {
      const run = runOf(visits.slice(place), missing, this.#least);
      const read = await readBlocks(this.#db, run, this.#wanted);
      for (const [index, block] of run.entries()) this.#ahead.set(keyOf(block), read[index]!);
      this.#least = Math.min(2 * this.#least, MOST);
      await nextTurn();
    }
    const found = this.#ahead.get(keyOf(visit))!;
    this.#ahead.delete(keyOf(visit));
    return found;
  }
}

function runOf(visits: readonly Visit[], missing: number, least: number): Visit[] {
  const run: Visit[] = [];
  let entries = 0;
  for (const visit of visits) {
    const count = visit.positions?.length ?? 0;
    if (count === 0) continue;
    if (run.length === MOST || (run.length >= least && entries >= missing)) break;
    run.push(visit);
    entries += count;
  }
  return run;
}
