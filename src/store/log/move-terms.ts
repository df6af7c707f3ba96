/**
 * Blocks that an earlier version wrote are found by `log_terms`, which does not say which entries have a word. Moves them to
 * `log_postings`, the newest first, each in a transaction of its own: it may stop anywhere and goes on from there, and
 * searches look into both tables meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import type { Tx } from '../schema.ts';
import { decodeHeads, EVERY_BLOCK } from './block.ts';
import { postingRows } from './block-rows.ts';
import { postingsOf } from './postings.ts';
import { removeTerms, type TermPlace } from './remove-terms.ts';

/** Rows of one statement: their values stay below what one may have. */
const AT_ONCE = 500;

/** Takes half of the time that there is, so that others get the database. @throws PC_STORE_UNAVAILABLE */
export async function moveTerms({ db }: Backend, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const began = performance.now();
    if (!(await db.transaction().execute(moveNewest))) return;
    await sleep(performance.now() - began);
  }
}

async function moveNewest(tx: Tx): Promise<boolean> {
  const next = await tx
    .selectFrom('logTerms')
    .select(['chain', 'firstSeq', 'atMax', 'atMin'])
    .where('term', '=', EVERY_BLOCK)
    .orderBy('atMax', 'desc')
    .orderBy('firstSeq', 'desc')
    .orderBy('chain', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (next === undefined) return false;
  const { chain, firstSeq } = next;
  // Whoever comes first has it: another process may be moving it as well, or removing it.
  const mark = await removeMark(tx, next);
  const block = mark
    ? await tx
        .selectFrom('logBlocks')
        .select('heads')
        .where('chain', '=', chain)
        .where('firstSeq', '=', firstSeq)
        .executeTakeFirst()
    : undefined;
  if (block === undefined) return true;
  const postings = postingsOf(decodeHeads(chain, firstSeq, block.heads));
  const rows = postingRows({ ...next, postings });
  for (let start = 0; start < rows.length; start += AT_ONCE)
    await tx
      .insertInto('logPostings')
      .values(rows.slice(start, start + AT_ONCE))
      .execute();
  await removeTerms(tx, 'logTerms', next, postings);
  return true;
}

/** Waits for who is at it already. */
async function removeMark(tx: Tx, { chain, firstSeq, atMax }: TermPlace): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('logTerms')
    .where('term', '=', EVERY_BLOCK)
    .where('atMax', '=', atMax)
    .where('firstSeq', '=', firstSeq)
    .where('chain', '=', chain)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
