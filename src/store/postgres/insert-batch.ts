/** Adds log entries by one statement per thousand: a column is one array parameter. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { EntryBatch } from '../backend.ts';
import { ENTRY_COLUMNS, entryValues } from '../entry-columns.ts';
import type { Db, Tx } from '../schema.ts';
import { sumChanges } from '../sum-changes.ts';
import type { EntryRow } from '../types.ts';

const MOST_ROWS = 1_000;
const NUMBERS: ReadonlySet<string> = new Set(['seq', 'at']);
const COLUMNS = sql.raw(ENTRY_COLUMNS.join(', '));

/** @throws PC_STORE_UNAVAILABLE; nothing of the batch is stored then */
export async function insertIntoPostgres(db: Db, { rows, deltas, head }: EntryBatch): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const inserted = new Set<number>();
    for (let start = 0; start < rows.length; start += MOST_ROWS) {
      const added = await insertEntries(tx, rows.slice(start, start + MOST_ROWS));
      for (const { seq } of added) inserted.add(seq);
    }
    await addToCounters(tx, sumChanges(deltas, inserted));
    await sql`
      insert into chains (chain, seq, hash, public_key) values (${head.chain}, ${head.seq}, ${head.hash}, ${head.publicKey})
      on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, public_key = excluded.public_key
      where excluded.seq >= chains.seq`.execute(tx);
  });
}

async function insertEntries(
  tx: Tx,
  rows: readonly EntryRow[],
): Promise<readonly { readonly seq: number }[]> {
  const values = rows.map(entryValues);
  const columns = ENTRY_COLUMNS.map((name, place) =>
    column(
      values.map((row) => row[place]),
      NUMBERS.has(name) ? 'bigint' : 'text',
    ),
  );
  const result = await sql<{ seq: number }>`
    insert into entries (${COLUMNS}) select * from unnest(${sql.join(columns)})
    on conflict (chain, seq) do nothing returning seq`.execute(tx);
  return result.rows;
}

async function addToCounters(tx: Tx, sums: ReturnType<typeof sumChanges>): Promise<void> {
  for (let start = 0; start < sums.length; start += MOST_ROWS) {
    const some = sums.slice(start, start + MOST_ROWS);
    const columns = [
      column(
        some.map(({ key }) => key),
        'text',
      ),
      column(
        some.map(({ bucket }) => bucket),
        'bigint',
      ),
      column(
        some.map(({ amount }) => amount),
        'double precision',
      ),
      column(
        some.map(({ expires }) => expires),
        'bigint',
      ),
    ];
    await sql`
      insert into counters (key, bucket, amount, expires) select * from unnest(${sql.join(columns)})
      on conflict (key, bucket) do update
      set amount = counters.amount + excluded.amount, expires = greatest(counters.expires, excluded.expires)`.execute(
      tx,
    );
  }
}

function column(values: readonly unknown[], type: string): RawBuilder<unknown> {
  return sql`${values}::${sql.raw(type)}[]`;
}
