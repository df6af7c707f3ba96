import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import { decodeBlock } from '../log/block.ts';
import { readBlock } from '../log/read-blocks.ts';
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

    page: (filter, page) => entryPage(db, filter, page),

    async get(id) {
      const name = indexed(id);
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
    },

    read: (chain, fromSeq = 0, toSeq = Number.MAX_SAFE_INTEGER) => readChain(db, chain, fromSeq, toSeq),
  };
}

/** In pages of its own, so that a long chain keeps neither a connection nor the event loop. */
async function* readChain(db: Db, chain: string, fromSeq: number, toSeq: number): AsyncGenerator<EntryRow> {
  const within = ({ seq }: { readonly seq: number }): boolean => fromSeq <= seq && seq <= toSeq;
  let after = await firstBlock(db, chain, fromSeq);
  for (;;) {
    const blocks = await db
      .selectFrom('logBlocks')
      .select(['firstSeq', 'heads', 'lines'])
      .where('chain', '=', chain)
      .where('firstSeq', '>=', after)
      .where('firstSeq', '<=', toSeq)
      .orderBy('firstSeq')
      .limit(READ)
      .execute();
    for (const block of blocks) yield* decodeBlock(chain, block.firstSeq, block, within);
    const last = blocks.at(-1);
    if (last === undefined || blocks.length < READ) return;
    after = last.firstSeq + 1;
    await nextTurn();
  }
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
