/**
 * Where calls are few a block holds one or two entries, and a log of small blocks takes ten times the room and the looks. Brings
 * those that follow each other together, oldest first, some in a transaction; it may stop anywhere and goes on from there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '../backend.ts';
import { readSetting, writeSetting } from '../repositories/settings.ts';
import type { Db, Tx } from '../schema.ts';
import { BLOCK_ENTRIES, decodeHeads, termOf } from './block.ts';
import { BlockBuilder } from './block-builder.ts';
import { blockRow, idRows, postingRows } from './block-rows.ts';
import { inSlices } from './in-slices.ts';
import { linesOf } from './lines-of.ts';
import { unpackLines } from './packed-lines.ts';
import { removeBlock } from './remove-block.ts';
import { MERGES } from './undisturbed.ts';

/** Ms: what is newer is left alone, more of it is still to come. */
const QUIET_MS = 10 * 60_000;
/** Ms between the oldest and the newest entry of a block, so that searches within a time look into few. */
const MOST_MS = 6 * 3_600_000;
/** Blocks that are looked at together: more than a full block can be made of. */
const LOOKED_AT = 2 * BLOCK_ENTRIES;

export interface BlockPlace {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly atMin: number;
  readonly atMax: number;
}

/** Takes half of the time that there is, so that others get the database. @throws PC_STORE_UNAVAILABLE */
export async function mergeBlocks({ db }: Backend, now: number, signal?: AbortSignal): Promise<void> {
  for (const { chain } of await db.selectFrom('chains').select('chain').execute())
    await mergeChain(db, chain, now - QUIET_MS, signal);
}

/**
 * Blocks that can be one: in order, without a gap, no more entries than a full block has, within some hours.
 * @param blocks in ascending order
 */
export function groupsOf<Place extends BlockPlace>(blocks: readonly Place[]): Place[][] {
  const groups: Place[][] = [];
  let [entries, atMin, atMax] = [0, 0, 0];
  for (const block of blocks) {
    const size = block.lastSeq - block.firstSeq + 1;
    const group = groups.at(-1);
    const fits =
      group !== undefined &&
      group.at(-1)!.lastSeq + 1 === block.firstSeq &&
      entries + size <= BLOCK_ENTRIES &&
      Math.max(atMax, block.atMax) - Math.min(atMin, block.atMin) <= MOST_MS;
    if (fits) group.push(block);
    else groups.push([block]);
    entries = fits ? entries + size : size;
    atMin = fits ? Math.min(atMin, block.atMin) : block.atMin;
    atMax = fits ? Math.max(atMax, block.atMax) : block.atMax;
  }
  return groups;
}

async function mergeChain(db: Db, chain: string, until: number, signal?: AbortSignal): Promise<void> {
  const end = await endOf(db, chain);
  const mark = `log.merged.${chain}`;
  let from = Number((await readSetting(db, mark)) ?? 0);
  for (;;) {
    const blocks = await db
      .selectFrom('logBlocks')
      .select(['firstSeq', 'lastSeq', 'atMin', 'atMax'])
      .where('chain', '=', chain)
      .where('firstSeq', '>=', from)
      .where('firstSeq', '<', end)
      .where('atMax', '<', until)
      .orderBy('firstSeq')
      .limit(LOOKED_AT)
      .execute();
    const groups = groupsOf(blocks);
    const last = groups.at(-1);
    // More may still come to the last one while its oldest entry is young.
    const open = last === undefined || last[0]!.atMin + MOST_MS >= until ? groups.pop() : undefined;
    for (const group of groups.filter(({ length }) => length > 1)) {
      if (signal?.aborted === true) return;
      const began = performance.now();
      await mergeGroup(db, chain, group);
      await sleep(performance.now() - began);
    }
    if (groups.length === 0) return;
    from = open?.[0]!.firstSeq ?? groups.at(-1)!.at(-1)!.lastSeq + 1;
    await db.transaction().execute((tx) => writeSetting(tx, mark, String(from)));
  }
}

/** The block of the last checkpoint: retention removes what stands before it, in whole blocks. */
async function endOf(db: Db, chain: string): Promise<number> {
  const last = await db
    .selectFrom('logPostings')
    .select('firstSeq')
    .where('term', '=', termOf('kind', 'checkpoint'))
    .where('chain', '=', chain)
    .orderBy('atMax', 'desc')
    .orderBy('firstSeq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.firstSeq ?? 0;
}

/** What made one block of several impossible; nothing is changed then. */
class NotWhole extends Error {}

async function mergeGroup(db: Db, chain: string, group: readonly BlockPlace[]): Promise<void> {
  try {
    await db.transaction().execute((tx) => replace(tx, chain, group[0]!.firstSeq, group.at(-1)!.lastSeq));
  } catch (error) {
    if (!(error instanceof NotWhole)) throw error;
  }
}

async function replace(tx: Tx, chain: string, firstSeq: number, lastSeq: number): Promise<void> {
  const builder = new BlockBuilder(chain, firstSeq);
  const parts = await tx
    .selectFrom('logBlocks')
    .selectAll()
    .where('chain', '=', chain)
    .where('firstSeq', '>=', firstSeq)
    .where('lastSeq', '<=', lastSeq)
    .orderBy('firstSeq')
    .execute();
  for (const part of parts) {
    const heads = decodeHeads(chain, part.firstSeq, part.heads);
    const lines = unpackLines(part.lines);
    const count = linesOf(lines, { has: () => true }).length;
    // What was tampered with stays as it is found.
    if (part.firstSeq !== firstSeq + builder.size || heads.length !== count || lines.at(-1) !== 0x0a)
      throw new NotWhole();
    for (const head of heads) builder.add(head);
    builder.addLines(lines);
    if (!(await removeBlock(tx, chain, part))) throw new NotWhole();
  }
  if (builder.size !== lastSeq - firstSeq + 1) throw new NotWhole();
  const block = builder.build();
  await tx.insertInto('logBlocks').values(blockRow(block)).execute();
  await inSlices(postingRows(block), (some) => tx.insertInto('logPostings').values(some).execute());
  await inSlices(idRows(block), (some) => tx.insertInto('logIds').values(some).execute());
  await writeSetting(tx, MERGES, `${chain} ${firstSeq}`);
}
