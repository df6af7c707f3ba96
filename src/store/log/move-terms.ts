/**
 * Blocks that an earlier version wrote are found by `log_terms`, which does not say which entries have a word. Moves them to
 * `log_postings`, the newest first, a few in a transaction: it may stop anywhere and goes on from there, and
 * searches look into both tables meanwhile.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import type { Tx } from '../schema.ts';
import { decodeHeads, EVERY_BLOCK } from './block.ts';
import { postingRows } from './block-rows.ts';
import { inSlices } from './in-slices.ts';
import { postingsOf } from './postings.ts';
import { removeTerms, type TermPlace } from './remove-terms.ts';

/** Blocks of one transaction. */
const BLOCKS = 4;

/** Takes half of the time that there is, so that others get the database. @throws PC_STORE_UNAVAILABLE */
export async function moveTerms({ db }: Backend, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const began = performance.now();
    if (signal?.aborted === true || !(await db.transaction().execute(moveNewest))) return;
    await sleep(performance.now() - began);
  }
}

/** Whether there were any. */
async function moveNewest(tx: Tx): Promise<boolean> {
  const blocks = await tx
    .selectFrom('logTerms')
    .select(['chain', 'firstSeq', 'atMax', 'atMin'])
    .where('term', '=', EVERY_BLOCK)
    .orderBy('atMax', 'desc')
    .orderBy('firstSeq', 'desc')
    .orderBy('chain', 'desc')
    .limit(BLOCKS)
    .execute();
  for (const block of blocks) {
    await move(tx, block);
    await nextTurn();
  }
  return blocks.length > 0;
}

async function move(tx: Tx, place: TermPlace & { readonly atMin: number }): Promise<void> {
  const { chain, firstSeq } = place;
  // Whoever comes first has it: another process may be moving it as well, or removing it.
  if (!(await removeMark(tx, place))) return;
  const block = await tx
    .selectFrom('logBlocks')
    .select('heads')
    .where('chain', '=', chain)
    .where('firstSeq', '=', firstSeq)
    .executeTakeFirst();
  if (block === undefined) return;
  const postings = postingsOf(decodeHeads(chain, firstSeq, block.heads));
  await inSlices(postingRows({ ...place, postings }), (some) =>
    tx.insertInto('logPostings').values(some).execute(),
  );
  await removeTerms(tx, 'logTerms', place, postings);
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
