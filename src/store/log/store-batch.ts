/** Puts a batch into the database, whatever it has of it already: after a crash the same lines may come again. */
import type { Backend, CounterChange } from '../backend.ts';
import type { Db } from '../schema.ts';
import type { ChainRow, EntryRow } from '../types.ts';
import type { Block } from './block.ts';
import { encodeBlocks } from './encode-blocks.ts';

/** @throws PC_STORE_UNAVAILABLE; nothing of the batch is stored then */
export async function storeRows(
  { db, insertBlocks }: Backend,
  chain: string,
  rows: readonly EntryRow[],
  changes: readonly CounterChange[],
  head: ChainRow,
): Promise<void> {
  if (head.chain !== chain || rows.some((row) => row.chain !== chain))
    throw new Error(`a batch of the chain ${chain} holds lines of another one`);
  const stored = await overlapping(db, chain, rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0);
  const fresh = rows.filter(
    ({ seq }) => !stored.some(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq),
  );
  await insertBlocks(encodeBlocks(fresh, changes), head);
}

/** A block of a running process is in the database as a whole, or not at all. @throws PC_STORE_UNAVAILABLE */
export async function storeBlock({ db, insertBlocks }: Backend, block: Block, head: ChainRow): Promise<void> {
  const stored = await overlapping(db, block.chain, block.firstSeq, block.lastSeq);
  await insertBlocks(stored.length === 0 ? [block] : [], head);
}

function overlapping(
  db: Db,
  chain: string,
  from: number,
  to: number,
): Promise<{ readonly firstSeq: number; readonly lastSeq: number }[]> {
  return db
    .selectFrom('logBlocks')
    .select(['firstSeq', 'lastSeq'])
    .where('chain', '=', chain)
    .where('firstSeq', '<=', to)
    .where('lastSeq', '>=', from)
    .execute();
}
