/** The words by which a block is found, each with the entries that have it. Pure. */
import { EVERY_BLOCK, TERM_COLUMNS, termOf, type EntryHead, type TermColumn } from './block.ts';
import { Positions } from './positions.ts';

export interface Posting {
  readonly term: string;
  /** See `positionsIn`; null: any entry may have it. */
  readonly positions: string | null;
}

/** Gathers the words of a block. Long words may share a term. */
export class Postings {
  readonly #byTerm = new Map<string, Positions>();

  of(column: TermColumn, value: string): Positions {
    const term = termOf(column, value);
    let positions = this.#byTerm.get(term);
    if (positions === undefined) this.#byTerm.set(term, (positions = new Positions()));
    return positions;
  }

  list(): Posting[] {
    const found = [...this.#byTerm].map(([term, { text }]) => ({ term, positions: text }));
    return [{ term: EVERY_BLOCK, positions: null }, ...found];
  }
}

export function postingsOf(heads: readonly EntryHead[]): Posting[] {
  const postings = new Postings();
  for (const [position, head] of heads.entries())
    for (const column of TERM_COLUMNS) {
      const value = head[column];
      if (value !== null) postings.of(column, value).push(position);
    }
  return postings.list();
}
