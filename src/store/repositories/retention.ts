/** Takes whole blocks off the front of a chain, with the words and ids by which they are found. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { decodeHeads } from '../log/block.ts';
import { indexed } from '../log/indexed.ts';
import { termsOf } from '../log/terms.ts';
import type { Tx } from '../schema.ts';
import type { Store } from '../types.ts';

/** Values of one statement. The list is filled up, so that there is one text of it. */
const AT_ONCE = 100;

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
  for (const terms of slices(termsOf(known)))
    await tx
      .deleteFrom('logTerms')
      .where('term', 'in', terms)
      .where('atMax', '=', atMax)
      .where('firstSeq', '=', firstSeq)
      .where('chain', '=', chain)
      .execute();
  for (const ids of slices(new Set(known.map(({ id }) => indexed(id)))))
    await tx
      .deleteFrom('logIds')
      .where('id', 'in', ids)
      .where('chain', '=', chain)
      .where('firstSeq', '=', firstSeq)
      .execute();
  await tx.deleteFrom('logBlocks').where('chain', '=', chain).where('firstSeq', '=', firstSeq).execute();
}

function slices(values: ReadonlySet<string>): string[][] {
  const all = [...values];
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, place) => {
    const some = all.slice(place * AT_ONCE, (place + 1) * AT_ONCE);
    return [...some, ...Array.from({ length: AT_ONCE - some.length }, () => some[0]!)];
  });
}
