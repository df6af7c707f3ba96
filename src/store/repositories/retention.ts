/** Takes whole blocks off the front of a chain, with the words and ids by which they are found. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { PortcullisError } from '../../errors.ts';
import { removeBlock } from '../log/remove-block.ts';
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
          .select(['firstSeq', 'lastSeq', 'atMax', 'heads'])
          .where('chain', '=', chain)
          .where('firstSeq', '<=', upTo)
          .orderBy('firstSeq')
          .execute();
        // The plan may be older than a block that was made of what it knew as several.
        if (blocks.some(({ lastSeq }) => lastSeq > upTo))
          throw new PortcullisError('PC_STORE_UNAVAILABLE', {
            detail: `entry ${upTo} of the chain ${chain} is not the last of its block any more`,
          });
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
