import { sql, type SelectQueryBuilder } from 'kysely';
import type { Db, Tables } from '../schema.ts';
import type { EntryRow } from '../types.ts';
import { asBuffer, headsAt, linesOf, type EntryHead, type Heads } from './block.ts';

type Block = SelectQueryBuilder<Tables, 'logBlocks', object>;

export interface BlockKey {
  readonly chain: string;
  readonly firstSeq: number;
}

/**
 * The entries of a stored block that `wanted` picks, in order. Lines are ten times as long as what is searched: of a block
 * that has what is wanted, no more of them is read than from the first to the last.
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
  const places = found.map(({ seq }) => seq - firstSeq);
  const lines = (await someLines(at, heads.lineBytes, places)) ?? (await allLines(at, places));
  return found.flatMap((head, index) => {
    const line = lines[index];
    return line === undefined ? [] : [{ ...head, line }];
  });
}

/** The lines at ascending places, or undefined where the block does not say how long they are, or not as they are. */
async function someLines(
  at: Block,
  lineBytes: readonly number[] | undefined,
  places: readonly number[],
): Promise<string[] | undefined> {
  if (lineBytes === undefined) return undefined;
  let end = 0;
  const ends = lineBytes.map((bytes) => (end += bytes));
  const beginOf = (place: number): number => ends[place - 1] ?? 0;
  const from = beginOf(places[0]!);
  const row = await at
    .select(sql<Uint8Array>`substr(lines, ${from + 1}, ${ends[places.at(-1)!]! - from})`.as('some'))
    .executeTakeFirst();
  if (row === undefined) return [];
  const bytes = asBuffer(row.some);
  const lines: string[] = [];
  for (const place of places) {
    const begin = beginOf(place) - from;
    const stop = bytes.indexOf(0x0a, begin);
    if (stop !== ends[place]! - from - 1) return undefined;
    lines.push(bytes.toString('utf8', begin, stop));
  }
  return lines;
}

async function allLines(at: Block, places: readonly number[]): Promise<(string | undefined)[]> {
  const row = await at.select('lines').executeTakeFirst();
  const lines = row === undefined ? [] : linesOf(asBuffer(row.lines), new Set(places));
  return places.map((place) => lines[place]);
}
