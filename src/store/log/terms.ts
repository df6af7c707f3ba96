import { EVERY_BLOCK, TERM_COLUMNS, termOf, type EntryHead } from './block.ts';

/** The words by which a block with these entries is found. */
export function termsOf(heads: readonly EntryHead[]): ReadonlySet<string> {
  const terms = new Set([EVERY_BLOCK]);
  for (const head of heads)
    for (const column of TERM_COLUMNS) {
      const value = head[column];
      if (value !== null) terms.add(termOf(column, value));
    }
  return terms;
}
