/** Adds log entries by prepared statements, a few hundred at a time, so that calls are served in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntryBatch } from '../backend.ts';
import { ENTRY_COLUMNS, entryValues } from '../entry-columns.ts';
import { sumChanges } from '../sum-changes.ts';
import type { SqliteHandle } from './handle.ts';

/** Rows between two turns of the event loop: about 2 ms. */
const SLICE = 200;

const INSERT_ENTRY = `insert into entries (${ENTRY_COLUMNS.join(', ')})
  values (${ENTRY_COLUMNS.map(() => '?').join(', ')}) on conflict (chain, seq) do nothing`;
const ADD_TO_COUNTER = `insert into counters (key, bucket, amount, expires) values (?, ?, ?, ?)
  on conflict (key, bucket) do update set amount = amount + excluded.amount, expires = max(expires, excluded.expires)`;
const MOVE_HEAD = `insert into chains (chain, seq, hash, public_key) values (?, ?, ?, ?)
  on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, public_key = excluded.public_key
  where excluded.seq >= chains.seq`;

/** @throws PC_STORE_UNAVAILABLE; nothing of the batch is stored then */
export async function insertIntoSqlite(
  handle: SqliteHandle,
  { rows, deltas, head }: EntryBatch,
): Promise<void> {
  await handle.transaction(async () => {
    const insertEntry = handle.prepare(INSERT_ENTRY);
    const inserted = new Set<number>();
    for (const [index, row] of rows.entries()) {
      if (index > 0 && index % SLICE === 0) await nextTurn();
      if (insertEntry.run(entryValues(row)).changes > 0) inserted.add(row.seq);
    }
    const addToCounter = handle.prepare(ADD_TO_COUNTER);
    for (const { key, bucket, amount, expires } of sumChanges(deltas, inserted))
      addToCounter.run([key, bucket, amount, expires]);
    handle.prepare(MOVE_HEAD).run([head.chain, head.seq, head.hash, head.publicKey]);
  });
}
