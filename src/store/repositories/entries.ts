import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import { decodeBlock } from '../log/block.ts';
import { readBlock } from '../log/read-blocks.ts';
import { undisturbed } from '../log/undisturbed.ts';
import { storeBlock, storeRows } from '../log/store-batch.ts';
import { indexed } from '../log/indexed.ts';
import { entryPage } from '../log/search.ts';
import type { Db } from '../schema.ts';
import type { EntryRow, Store } from '../types.ts';

/** Blocks read at a time. */
const READ = 8;

export function entries(backend: Backend): Store['entries'] {
  const { db } = backend;
  return {
    insertBatch: (chain, rows, changes, head) => storeRows(backend, chain, rows, changes, head),

    insertBlock: (block, head) => storeBlock(backend, block, head),

    flush: () => backend.flush(),

    page: (filter, page) => undisturbed(db, () => entryPage(db, filter, page)),

    get: (id) => undisturbed(db, () => entriesOf(db, indexed(id))),

    read: (chain, fromSeq = 0, toSeq = Number.MAX_SAFE_INTEGER) => readChain(db, chain, fromSeq, toSeq),
  };
}

async function entriesOf(db: Db, name: string): Promise<EntryRow[]> {
  const blocks = await db
    .selectFrom('logIds')
    .select(['chain', 'firstSeq'])
    .where('id', '=', name)
    .orderBy('chain')
    .orderBy('firstSeq')
    .execute();
  const found: EntryRow[] = [];
  for (const block of blocks)
    found.push(...(await readBlock(db, block, (head) => indexed(head.id) === name)));
  return found.toSorted((a, b) => a.at - b.at || (a.chain < b.chain ? -1 : 1) || a.seq - b.seq);
}

/** In pages of its own, so that a long chain keeps neither a connection nor the event loop. */
async function* readChain(db: Db, chain: string, fromSeq: number, toSeq: number): AsyncGenerator<EntryRow> {
  let next = fromSeq;
  for (;;) {
    const blocks = await undisturbed(db, () => blocksFrom(db, chain, next, toSeq));
    for (const block of blocks)
      yield* decodeBlock(chain, block.firstSeq, block, ({ seq }) => next <= seq && seq <= toSeq);
    const last = blocks.at(-1);
    if (last === undefined || blocks.length < READ) return;
    next = Math.max(last.firstSeq, last.lastSeq) + 1;
    await nextTurn();
  }
}

async function blocksFrom(
  db: Db,
  chain: string,
  seq: number,
  toSeq: number,
): Promise<{ firstSeq: number; lastSeq: number; heads: string; lines: Uint8Array }[]> {
  return db
    .selectFrom('logBlocks')
    .select(['firstSeq', 'lastSeq', 'heads', 'lines'])
    .where('chain', '=', chain)
    .where('firstSeq', '>=', await firstBlock(db, chain, seq))
    .where('firstSeq', '<=', toSeq)
    .orderBy('firstSeq')
    .limit(READ)
    .execute();
}

/** Where the block that holds `seq` begins. */
async function firstBlock(db: Db, chain: string, seq: number): Promise<number> {
  const row = await db
    .selectFrom('logBlocks')
    .select('firstSeq')
    .where('chain', '=', chain)
    .where('firstSeq', '<=', seq)
    .orderBy('firstSeq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.firstSeq ?? 0;
}
