/** Takes a block away, with all that it is found by. */
import type { Tx } from '../schema.ts';
import { decodeHeads } from './block.ts';
import { indexed } from './indexed.ts';
import { postingsOf } from './postings.ts';
import { removeTerms, slices } from './remove-terms.ts';

export interface StoredBlock {
  readonly firstSeq: number;
  readonly atMax: number;
  readonly heads: string;
}

/** @returns false when somebody else has taken it away meanwhile */
export async function removeBlock(
  tx: Tx,
  chain: string,
  { firstSeq, atMax, heads }: StoredBlock,
): Promise<boolean> {
  const known = decodeHeads(chain, firstSeq, heads);
  const postings = postingsOf(known);
  // In this order: a block that is moving from one to the other is waited for, and then found in the other.
  await removeTerms(tx, 'logTerms', { chain, firstSeq, atMax }, postings);
  await removeTerms(tx, 'logPostings', { chain, firstSeq, atMax }, postings);
  for (const ids of slices(new Set(known.map(({ id }) => indexed(id)))))
    await tx
      .deleteFrom('logIds')
      .where('id', 'in', ids)
      .where('chain', '=', chain)
      .where('firstSeq', '=', firstSeq)
      .execute();
  const { numDeletedRows } = await tx
    .deleteFrom('logBlocks')
    .where('chain', '=', chain)
    .where('firstSeq', '=', firstSeq)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
