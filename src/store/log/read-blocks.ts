import type { Selectable } from 'kysely';
import type { Db, Tables } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { headsAt, type EntryHead, type Heads } from './block.ts';
import { linesAt } from './packed-lines.ts';

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

export interface BlockPlaces extends BlockKey {
  /** Where what is looked for may be, ascending; anywhere unless given. */
  readonly positions?: readonly number[] | undefined;
}

type Stored = Pick<Selectable<Tables['logBlocks']>, 'heads' | 'lines'>;
type Wanted = (head: EntryHead) => boolean;

/**
 * The entries of a stored block that `wanted` picks, in order. Lines are longer than what is searched: only those of a block that
 * has what is wanted are read.
 */
export async function readBlock(db: Db, block: BlockPlaces, wanted: Wanted): Promise<EntryRow[]> {
  const { chain, firstSeq } = block;
  const at = db.selectFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq);
  const searched = await at.select('heads').executeTakeFirst();
  if (searched === undefined) return [];
  const heads = foundIn(block, searched.heads, wanted);
  const stored = heads.length === 0 ? undefined : await at.select('lines').executeTakeFirst();
  return stored === undefined ? [] : withLines(block, heads, stored.lines);
}

/** The same for some blocks, by one question: for those of which it is known that they have something. */
export async function readBlocks(
  db: Db,
  blocks: readonly BlockPlaces[],
  wanted: Wanted,
): Promise<EntryRow[][]> {
  const chains = [...new Set(blocks.map(({ chain }) => chain))];
  const seqsOf = (chain: string): number[] =>
    blocks.filter((block) => block.chain === chain).map(({ firstSeq }) => firstSeq);
  const rows = await db
    .selectFrom('logBlocks')
    .select(['chain', 'firstSeq', 'heads', 'lines'])
    .where((eb) =>
      eb.or(chains.map((chain) => eb.and([eb('chain', '=', chain), eb('firstSeq', 'in', seqsOf(chain))]))),
    )
    .execute();
  const stored = new Map<string, Stored>(rows.map((row) => [keyOf(row), row]));
  return blocks.map((block) => {
    const row = stored.get(keyOf(block));
    return row === undefined ? [] : withLines(block, foundIn(block, row.heads, wanted), row.lines);
  });
}

function foundIn({ chain, firstSeq, positions }: BlockPlaces, heads: string, wanted: Wanted): EntryHead[] {
  return headsAt(chain, firstSeq, JSON.parse(heads) as Heads, positions).filter(wanted);
}

function withLines({ firstSeq }: BlockKey, heads: readonly EntryHead[], stored: Uint8Array): EntryRow[] {
  const lines = linesAt(stored, new Set(heads.map(({ seq }) => seq - firstSeq)));
  return heads.flatMap((head) => {
    const line = lines[head.seq - firstSeq];
    return line === undefined ? [] : [{ ...head, line }];
  });
}

export function keyOf({ chain, firstSeq }: BlockKey): string {
  return `${firstSeq} ${chain}`;
}
