/** Adds blocks of the log by few statements: a column is one array parameter. */
import { CompiledQuery, sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Block } from '../log/block.ts';
import { blockRow, idRows, postingRows } from '../log/block-rows.ts';
import { sumChanges } from '../log/sum-changes.ts';
import type { Db, Tx } from '../schema.ts';
import { addStatsSql, STAT_COLUMNS, statValues } from '../stats/add-stats.ts';
import { staleRanks, type StaleRank } from '../stats/ranks.ts';
import { changesOf } from '../stats/stat-sums.ts';
import type { StatChange } from '../stats/stat-sums.ts';
import type { ChainRow } from '../types.ts';

const MOST_ROWS = 1_000;
/** Their values stay below the 65,535 that one statement may have. */
const MOST_STATS = 500;

/** @throws PC_STORE_UNAVAILABLE; nothing of it is stored then */
export async function insertBlocksIntoPostgres(
  db: Db,
  blocks: readonly Block[],
  head: ChainRow,
): Promise<void> {
  // Before it begins: who waits for its rows would wait for this as well.
  const changes = changesOf(blocks.map(({ stats }) => stats));
  await db.transaction().execute(async (tx) => {
    for (const block of blocks) {
      await tx.insertInto('logBlocks').values(blockRow(block)).execute();
      const found = postingRows(block);
      await sql`
        insert into log_postings (term, at_max, first_seq, chain, at_min, positions)
        select * from unnest(${column(found, 'term', 'text')}, ${column(found, 'atMax', 'bigint')},
          ${column(found, 'firstSeq', 'bigint')}, ${column(found, 'chain', 'text')}, ${column(found, 'atMin', 'bigint')},
          ${column(found, 'positions', 'text')})`.execute(tx);
      const ids = idRows(block);
      await sql`
        insert into log_ids (id, chain, first_seq)
        select * from unnest(${column(ids, 'id', 'text')}, ${column(ids, 'chain', 'text')}, ${column(ids, 'firstSeq', 'bigint')})`.execute(
        tx,
      );
    }
    await addToCounters(tx, sumChanges(blocks.flatMap(({ changes }) => changes)));
    await removeRanks(tx, staleRanks(changes));
    await addStats(tx, changes);
    await sql`
      insert into chains (chain, seq, hash, public_key) values (${head.chain}, ${head.seq}, ${head.hash}, ${head.publicKey})
      on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, public_key = excluded.public_key
      where excluded.seq >= chains.seq`.execute(tx);
  });
}

async function removeRanks(tx: Tx, ranks: readonly StaleRank[]): Promise<void> {
  if (ranks.length === 0) return;
  await sql`
    delete from call_ranks r
    using unnest(${column(ranks, 'organization', 'text')}, ${column(ranks, 'dimension', 'text')},
      ${column(ranks, 'span', 'bigint')}, ${column(ranks, 'bucket', 'bigint')}) as s(organization, dimension, span, bucket)
    where r.organization = s.organization and r.dimension = s.dimension
      and r.span = s.span and r.bucket = s.bucket`.execute(tx);
}

async function addStats(tx: Tx, changes: readonly StatChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += MOST_STATS) {
    const some = changes.slice(start, start + MOST_STATS).map(statValues);
    const places = some.map((_, row) => {
      const first = row * STAT_COLUMNS.length + 1;
      return `(${STAT_COLUMNS.map((__, column) => `$${first + column}`).join(', ')})`;
    });
    await tx.executeQuery(CompiledQuery.raw(addStatsSql(places.join(', ')), some.flat()));
  }
}

async function addToCounters(tx: Tx, sums: ReturnType<typeof sumChanges>): Promise<void> {
  for (let start = 0; start < sums.length; start += MOST_ROWS) {
    const some = sums.slice(start, start + MOST_ROWS);
    await sql`
      insert into counters (key, bucket, amount, expires)
      select * from unnest(${column(some, 'key', 'text')}, ${column(some, 'bucket', 'bigint')},
        ${column(some, 'amount', 'double precision')}, ${column(some, 'expires', 'bigint')})
      on conflict (key, bucket) do update
      set amount = counters.amount + excluded.amount, expires = greatest(counters.expires, excluded.expires)`.execute(
      tx,
    );
  }
}

function column<Row>(rows: readonly Row[], name: keyof Row, type: string): RawBuilder<unknown> {
  return sql`${rows.map((row) => row[name])}::${sql.raw(type)}[]`;
}
