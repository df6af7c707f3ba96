import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { headsAt, linesOf, type EntryHead, type Heads } from './block.ts';
import { unpackLines } from './packed-lines.ts';

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

/**
 * The entries of a stored block that `wanted` picks, in order. Lines are ten times as long as what is searched: only those of a
 * block that has what is wanted are read.
 * @param positions where they may be; anywhere unless given
 */
export async function readBlock(
  db: Db,
  { chain, firstSeq }: BlockKey,
  wanted: (head: EntryHead) => boolean,
  positions?: readonly number[],
): Promise<EntryRow[]> {
  const at = db.selectFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq);
  const searched = await at.select('heads').executeTakeFirst();
  if (searched === undefined) return [];
  const heads = JSON.parse(searched.heads) as Heads;
  const found = headsAt(chain, firstSeq, heads, positions).filter(wanted);
  if (found.length === 0) return [];
  const block = await at.select('lines').executeTakeFirst();
  if (block === undefined) return [];
  const lines = linesOf(unpackLines(block.lines), new Set(found.map(({ seq }) => seq - firstSeq)));
  return found.flatMap((head) => {
    const line = lines[head.seq - firstSeq];
    return line === undefined ? [] : [{ ...head, line }];
  });
}
