import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { decodeBlock, type EntryHead } from './block.ts';

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

/** The entries of a stored block that `wanted` picks, in order. */
export async function readBlock(
  db: Db,
  { chain, firstSeq }: BlockKey,
  wanted: (head: EntryHead) => boolean,
): Promise<EntryRow[]> {
  const block = await db
    .selectFrom('logBlocks')
    .select(['heads', 'lines'])
    .where('chain', '=', chain)
    .where('firstSeq', '=', firstSeq)
    .executeTakeFirst();
  return block === undefined ? [] : decodeBlock(chain, firstSeq, block, wanted);
}
