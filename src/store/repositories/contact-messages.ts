import { sql } from 'kysely';
import type { Access } from '../changes.ts';
import { decodeCursor, encodeCursor, pageLimit } from '../cursor.ts';
import type { Tx } from '../schema.ts';
import type { Store } from '../types.ts';

export function contactMessages({ db, write }: Access, dialect: Store['dialect']): Store['contactMessages'] {
  return {
    accept: (row, { since, fromSender, fromAll }) =>
      write(async (tx) => {
        // Letters that come at once are counted one after another; SQLite has one writer anyway.
        if (dialect === 'postgres')
          await sql`lock table contact_messages in share row exclusive mode`.execute(tx);
        const known = await tx
          .selectFrom('contactMessages')
          .select('id')
          .where('id', '=', row.id)
          .executeTakeFirst();
        if (known !== undefined) return true;
        if ((await countSince(tx, since)) >= fromAll) return false;
        if ((await countSince(tx, since, row.sender)) >= fromSender) return false;
        await tx.insertInto('contactMessages').values(row).execute();
        return true;
      }),

    async page(request) {
      const limit = pageLimit(request);
      const before = decodeCursor(request.cursor);
      let query = db.selectFrom('contactMessages').selectAll();
      if (before !== undefined)
        query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(before.at, before.chain)));
      const rows = await query
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit),
        nextCursor: last === undefined ? null : encodeCursor({ at: last.at, seq: 0, chain: last.id }),
      };
    },
  };
}

async function countSince(tx: Tx, since: number, sender?: string): Promise<number> {
  let query = tx.selectFrom('contactMessages').select(({ fn }) => fn.countAll().as('count'));
  query = query.where('at', '>=', since);
  if (sender !== undefined) query = query.where('sender', '=', sender);
  return Number((await query.executeTakeFirstOrThrow()).count);
}
