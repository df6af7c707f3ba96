import type { Db } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { headsAt, linesOf, type EntryHead, type Heads } from './block.ts';
import { unpackLines } from './packed-lines.ts';

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

/**
 * The entries of a stored block that `wanted` picks, in order. Lines are longer than what is searched: only those of a block that
 * has what is wanted are read, as far as that is known.
 * @param positions where they may be; anywhere unless given
 */
export async function readBlock(
  db: Db,
  { chain, firstSeq }: BlockKey,
  wanted: (head: EntryHead) => boolean,
  positions?: readonly number[],
): Promise<EntryRow[]> {
  const at = db.selectFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq);
  // Where positions are known, there is something: one question instead of two, over a network or not.
  const whole = positions === undefined ? undefined : await at.select(['heads', 'lines']).executeTakeFirst();
  const searched = positions === undefined ? await at.select('heads').executeTakeFirst() : whole;
  if (searched === undefined) return [];
  const heads = JSON.parse(searched.heads) as Heads;
  const found = headsAt(chain, firstSeq, heads, positions).filter(wanted);
  if (found.length === 0) return [];
  const block = whole ?? (await at.select('lines').executeTakeFirst());
  if (block === undefined) return [];
  const lines = linesOf(unpackLines(block.lines), new Set(found.map(({ seq }) => seq - firstSeq)));
  return found.flatMap((head) => {
    const line = lines[head.seq - firstSeq];
    return line === undefined ? [] : [{ ...head, line }];
  });
}
