import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { decodeBlock, decodeHeads, type EntryHead } from './block.ts';

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

/** The entries of a stored block that `wanted` picks, in order. Lines are ten times as long as what is searched: only a block that has one is read in full. */
export async function readBlock(
  db: Db,
  { chain, firstSeq }: BlockKey,
  wanted: (head: EntryHead) => boolean,
): Promise<EntryRow[]> {
  const at = db.selectFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq);
  const searched = await at.select('heads').executeTakeFirst();
  if (searched === undefined || !decodeHeads(chain, firstSeq, searched.heads).some(wanted)) return [];
  const block = await at.select(['heads', 'lines']).executeTakeFirst();
  return block === undefined ? [] : decodeBlock(chain, firstSeq, block, wanted);
}
