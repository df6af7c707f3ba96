/** Takes away what a block is found by. */
import type { Tx } from '../schema.ts';
import type { Posting } from './postings.ts';

/** Values of one statement. The list is filled up, so that there is one text of it. */
const AT_ONCE = 100;

export interface TermPlace {
  readonly chain: string;
  readonly firstSeq: number;
  readonly atMax: number;
}

export async function removeTerms(
  tx: Tx,
  table: 'logPostings' | 'logTerms',
  { chain, firstSeq, atMax }: TermPlace,
  postings: readonly Posting[],
): Promise<void> {
  for (const terms of slices(new Set(postings.map(({ term }) => term))))
    await tx
      .deleteFrom(table)
      .where('term', 'in', terms)
      .where('atMax', '=', atMax)
      .where('firstSeq', '=', firstSeq)
      .where('chain', '=', chain)
      .execute();
}

/** For `in`, all of the same length. */
export function slices(values: ReadonlySet<string>): string[][] {
  const all = [...values];
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, place) => {
    const some = all.slice(place * AT_ONCE, (place + 1) * AT_ONCE);
    return [...some, ...Array.from({ length: AT_ONCE - some.length }, () => some[0]!)];
  });
}
