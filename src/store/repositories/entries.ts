import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import type { Db } from '../schema.ts';
import { entryPage } from '../entry-pages.ts';
import { indexed } from '../entry-columns.ts';
import type { EntryRow, Store } from '../types.ts';

/** Lines read at a time. */
const READ = 500;

export function entries({ db, insertBatch }: Backend): Store['entries'] {
  return {
    async insertBatch(chain, rows, deltas, head) {
      if (head.chain !== chain || rows.some((row) => row.chain !== chain))
        throw new Error(`a batch of the chain ${chain} holds lines of another one`);
      await insertBatch({ rows, deltas, head });
    },

    page: (filter, page) => entryPage(db, filter, page),

    get(id) {
      return db
        .selectFrom('entries')
        .selectAll()
        .where('id', '=', indexed(id))
        .orderBy('at')
        .orderBy('chain')
        .orderBy('seq')
        .execute();
    },

    read: (chain, fromSeq = 0, toSeq = Number.MAX_SAFE_INTEGER) => readChain(db, chain, fromSeq, toSeq),
  };
}

/** In pages of its own, so that a long chain keeps neither a connection nor the event loop. */
async function* readChain(db: Db, chain: string, fromSeq: number, toSeq: number): AsyncGenerator<EntryRow> {
  for (let from = fromSeq; ;) {
    const rows = await db
      .selectFrom('entries')
      .selectAll()
      .where('chain', '=', chain)
      .where('seq', '>=', from)
      .where('seq', '<=', toSeq)
      .orderBy('seq')
      .limit(READ)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ) return;
    from = last.seq + 1;
    await nextTurn();
  }
}
