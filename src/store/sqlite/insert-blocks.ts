/** Adds blocks of the log by prepared statements, one at a time, so that calls are served in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Block } from '../log/block.ts';
import { sumChanges } from '../log/sum-changes.ts';
import { addStatsSql, STAT_COLUMNS, statValues } from '../stats/add-stats.ts';
import { staleRanks } from '../stats/ranks.ts';
import { changesOf } from '../stats/stat-sums.ts';
import type { ChainRow } from '../types.ts';
import type { SqliteHandle } from './handle.ts';

const INSERT_BLOCK = `insert into log_blocks (chain, first_seq, last_seq, at_min, at_max, heads, lines)
  values (?, ?, ?, ?, ?, ?, ?)`;
const INSERT_POSTING = `insert into log_postings (term, at_max, first_seq, chain, at_min, positions)
  values (?, ?, ?, ?, ?, ?)`;
const INSERT_ID = 'insert into log_ids (id, chain, first_seq) values (?, ?, ?)';
const ADD_TO_COUNTER = `insert into counters (key, bucket, amount, expires) values (?, ?, ?, ?)
  on conflict (key, bucket) do update set amount = amount + excluded.amount, expires = max(expires, excluded.expires)`;
const MOVE_HEAD = `insert into chains (chain, seq, hash, public_key) values (?, ?, ?, ?)
  on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, public_key = excluded.public_key
  where excluded.seq >= chains.seq`;
const REMOVE_RANK =
  'delete from call_ranks where organization = ? and dimension = ? and span = ? and bucket = ?';
const ADD_STATS = addStatsSql(`(${STAT_COLUMNS.map(() => '?').join(', ')})`);

/** Not durable before `flush`: the journal still has what is inserted here. @throws PC_STORE_UNAVAILABLE; nothing of it is stored then */
export async function insertBlocksIntoSqlite(
  handle: SqliteHandle,
  blocks: readonly Block[],
  head: ChainRow,
): Promise<void> {
  await handle.transaction(async () => {
    for (const [index, block] of blocks.entries()) {
      if (index > 0) await nextTurn();
      insertBlock(handle, block);
    }
    const addToCounter = handle.prepare(ADD_TO_COUNTER);
    for (const { key, bucket, amount, expires } of sumChanges(blocks.flatMap(({ changes }) => changes)))
      addToCounter.run([key, bucket, amount, expires]);
    const changes = changesOf(blocks.map(({ stats }) => stats));
    const removeRank = handle.prepare(REMOVE_RANK);
    for (const { organization, dimension, span, bucket } of staleRanks(changes))
      removeRank.run([organization, dimension, span, bucket]);
    const addStats = handle.prepare(ADD_STATS);
    for (const change of changes) addStats.run(statValues(change));
    handle.prepare(MOVE_HEAD).run([head.chain, head.seq, head.hash, head.publicKey]);
  }, false);
}

function insertBlock(handle: SqliteHandle, block: Block): void {
  const { chain, firstSeq, lastSeq, atMin, atMax, heads, lines, postings, ids } = block;
  handle.prepare(INSERT_BLOCK).run([chain, firstSeq, lastSeq, atMin, atMax, heads, lines]);
  const insertPosting = handle.prepare(INSERT_POSTING);
  for (const { term, positions } of postings)
    insertPosting.run([term, atMax, firstSeq, chain, atMin, positions]);
  const insertId = handle.prepare(INSERT_ID);
  for (const id of ids) insertId.run([id, chain, firstSeq]);
}
