/**
 * The log in blocks. One row an entry with its indexes costs more than the call that it records, so entries that arrive
 * together are one row: their lines, and beside them the facts that searches compare. `log_terms` says which blocks hold
 * a word, `log_ids` which hold a call.
 */
import { sql } from 'kysely';
import { encodeBlocks } from '../log/encode-blocks.ts';
import { blockRow, idRows, postingRows } from '../log/block-rows.ts';
import type { Tx } from '../schema.ts';
import type { EntryRow } from '../types.ts';

export const logBlocks = [
  `create table log_blocks (
    chain text not null,
    first_seq bigint not null,
    last_seq bigint not null,
    at_min bigint not null,
    at_max bigint not null,
    heads text not null,
    lines bytea not null,
    primary key (chain, first_seq)
  )`,
  `create table log_terms (
    term text not null,
    at_max bigint not null,
    first_seq bigint not null,
    chain text not null,
    at_min bigint not null,
    primary key (term, at_max, first_seq, chain)
  )`,
  `create table log_ids (
    id text not null,
    chain text not null,
    first_seq bigint not null,
    primary key (id, chain, first_seq)
  )`,
] as const;

const AT_ONCE = 500;

/** Brings over what the first form of the log holds: `entries`, a row an entry. */
export async function moveEntries(tx: Tx): Promise<void> {
  for (;;) {
    const { rows } = await sql<EntryRow>`
      select * from entries order by chain, seq limit ${AT_ONCE}`.execute(tx);
    const chain = rows[0]?.chain;
    if (chain === undefined) break;
    const some = rows.filter((row) => row.chain === chain).map((row) => ({ ...row, ...timesOf(row.line) }));
    for (const block of encodeBlocks(some)) {
      await tx.insertInto('logBlocks').values(blockRow(block)).execute();
      const terms = postingRows(block).map(({ term, atMax, firstSeq, chain: of, atMin }) => {
        return { term, atMax, firstSeq, chain: of, atMin };
      });
      await tx.insertInto('logTerms').values(terms).execute();
      await tx.insertInto('logIds').values(idRows(block)).execute();
    }
    await sql`delete from entries where chain = ${chain} and seq <= ${some.at(-1)!.seq}`.execute(tx);
  }
  await sql`drop table entries`.execute(tx);
}

/** What stands in the line and had no column yet: verification compares the two. */
function timesOf(line: string): Pick<EntryRow, 'overheadMs' | 'upstreamMs'> {
  try {
    const stated = JSON.parse(line) as { overheadMs?: number; upstream?: { durationMs?: number } };
    return { overheadMs: stated.overheadMs ?? null, upstreamMs: stated.upstream?.durationMs ?? null };
  } catch {
    // What was tampered with is brought over as it is found.
    return { overheadMs: null, upstreamMs: null };
  }
}
