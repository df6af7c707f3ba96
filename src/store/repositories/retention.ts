/** Takes whole blocks off the front of a chain, with the words and ids by which they are found. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { decodeHeads } from '../log/block.ts';
import { indexed } from '../log/indexed.ts';
import { postingsOf } from '../log/postings.ts';
import { removeTerms, slices } from '../log/remove-terms.ts';
import type { Tx } from '../schema.ts';
import type { Store } from '../types.ts';

export function retention({ db, reclaim }: Backend): Store['retention'] {
  return {
    removals: () => db.selectFrom('logRemovals').selectAll().orderBy('chain').execute(),

    async blocks(chain, after, limit) {
      const rows = await db
        .selectFrom('logBlocks')
        .select(['firstSeq', 'lastSeq', 'atMax'])
        .select(sql<number>`octet_length(lines) + octet_length(heads)`.as('bytes'))
        .where('chain', '=', chain)
        .where('firstSeq', '>', after)
        .orderBy('firstSeq')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
    },

    async remove(removal) {
      const { chain, upTo } = removal;
      await db.transaction().execute(async (tx) => {
        const blocks = await tx
          .selectFrom('logBlocks')
          .select(['firstSeq', 'atMax', 'heads'])
          .where('chain', '=', chain)
          .where('lastSeq', '<=', upTo)
          .orderBy('firstSeq')
          .execute();
        for (const block of blocks) {
          await removeBlock(tx, chain, block);
          await nextTurn();
        }
        await tx
          .insertInto('logRemovals')
          .values(removal)
          .onConflict((conflict) =>
            conflict.column('chain').doUpdateSet(removal).where('logRemovals.upTo', '<', upTo),
          )
          .execute();
      });
    },

    reclaim,
  };
}

async function removeBlock(
  tx: Tx,
  chain: string,
  { firstSeq, atMax, heads }: { readonly firstSeq: number; readonly atMax: number; readonly heads: string },
): Promise<void> {
  const known = decodeHeads(chain, firstSeq, heads);
  const postings = postingsOf(known);
  // In this order: a block that is moving from one to the other is waited for, and then found in the other.
  await removeTerms(tx, 'logTerms', { chain, firstSeq, atMax }, postings);
  await removeTerms(tx, 'logPostings', { chain, firstSeq, atMax }, postings);
  for (const ids of slices(new Set(known.map(({ id }) => indexed(id)))))
    await tx
      .deleteFrom('logIds')
      .where('id', 'in', ids)
      .where('chain', '=', chain)
      .where('firstSeq', '=', firstSeq)
      .execute();
  await tx.deleteFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq).execute();
}
