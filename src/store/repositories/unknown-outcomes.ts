import type { Backend } from '../backend.ts';
import type { ChangeFeed } from '../change-feed.ts';
import type { Access } from '../changes.ts';
import type { Db, Tx } from '../schema.ts';
import type { Store, UnknownOutcomeRow } from '../types.ts';

/** That are kept of one grant, and in all; the newest stay. */
export const MOST_UNKNOWN = { ofGrant: 1000, inAll: 10_000 };

export function unknownOutcomes(
  { db, clock, write }: Access,
  announce: Backend['announce'],
  feed: ChangeFeed,
): Store['unknownOutcomes'] {
  return {
    async put(rows) {
      await write(async (tx) => {
        // First, so that changes queue up here: a later one is never visible before an earlier one.
        const { value: change } = await tx
          .updateTable('unknownOutcomeChanges')
          .set((eb) => ({ value: eb('value', '+', 1) }))
          .returning('value')
          .executeTakeFirstOrThrow();
        await announce(tx, change);
        for (const row of rows) await (row.open ? open(tx, row, change) : settle(tx, row, change));
        for (const grant of new Set(rows.map(({ grantId }) => grantId))) await keepNewest(tx, grant);
        await tx.deleteFrom('unknownOutcomes').where('expiresAt', '<=', clock()).execute();
      });
      feed.look();
    },

    async changedSince(known) {
      const change = await readUnknownChange(db);
      if (change === known) return { change, rows: [] };
      const rows = await db
        .selectFrom('unknownOutcomes')
        .select(['key', 'id', 'serverId', 'grantId', 'tool', 'at', 'expiresAt', 'open'])
        .where('change', '>', known)
        .where('expiresAt', '>', clock())
        .orderBy('expiresAt', 'desc')
        .limit(MOST_UNKNOWN.inAll)
        .execute();
      return { change, rows: rows.toReversed().map((row) => ({ ...row, open: row.open === 1 })) };
    },

    onChange: (listener) => feed.subscribe(listener),
  };
}

/** How often calls were put here, by whatever process. */
export async function readUnknownChange(db: Db): Promise<number> {
  const { value } = await db.selectFrom('unknownOutcomeChanges').select('value').executeTakeFirstOrThrow();
  return value;
}

/** One that is there already stays as it is: it may be settled by now. */
async function open(tx: Tx, row: UnknownOutcomeRow, change: number): Promise<void> {
  const stored = { ...row, open: 1, change };
  await tx
    .insertInto('unknownOutcomes')
    .values(stored)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet(stored).where('unknownOutcomes.id', '<>', row.id),
    )
    .execute();
}

async function settle(tx: Tx, { key, id }: UnknownOutcomeRow, change: number): Promise<void> {
  await tx
    .updateTable('unknownOutcomes')
    .set({ open: 0, change })
    .where('key', '=', key)
    .where('id', '=', id)
    .execute();
}

async function keepNewest(tx: Tx, grant: string): Promise<void> {
  const last = await tx
    .selectFrom('unknownOutcomes')
    .select('expiresAt')
    .where('grantId', '=', grant)
    .orderBy('expiresAt', 'desc')
    .offset(MOST_UNKNOWN.ofGrant - 1)
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  await tx
    .deleteFrom('unknownOutcomes')
    .where('grantId', '=', grant)
    .where('expiresAt', '<', last.expiresAt)
    .execute();
}
