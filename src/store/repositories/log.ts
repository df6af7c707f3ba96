/** What belongs to the log beside its lines: heads of chains, counters, and the admin audit. */
import type { Access } from '../changes.ts';
import { inSlices } from '../log/in-slices.ts';
import { decodeCursor, encodeCursor, pageLimit } from '../cursor.ts';
import { eventRow, jsonText } from '../rows.ts';
import type { Store } from '../types.ts';

export function chains({ db }: Access): Store['chains'] {
  return {
    list: () => db.selectFrom('chains').selectAll().orderBy('chain').execute(),
    get: (chain) => db.selectFrom('chains').selectAll().where('chain', '=', chain).executeTakeFirst(),
  };
}

export function counters({ write }: Access): Store['counters'] {
  return {
    load(now) {
      return write(async (tx) => {
        await tx.deleteFrom('counters').where('expires', '<=', now).execute();
        return tx.selectFrom('counters').selectAll().orderBy('key').orderBy('bucket').execute();
      });
    },
  };
}

export function events({ db, write }: Access): Store['events'] {
  const insertAll: Store['events']['insertAll'] = (rows) => {
    const stored = rows.map((row) => ({ ...row, detail: jsonText(row.detail) }));
    return write((tx) => inSlices(stored, (some) => tx.insertInto('adminEvents').values(some).execute()));
  };
  return {
    insert: (row) => insertAll([row]),

    insertAll,

    async page(organizationId, request) {
      const limit = pageLimit(request);
      const before = decodeCursor(request.cursor);
      let query = db.selectFrom('adminEvents').selectAll().where('organizationId', '=', organizationId);
      if (before !== undefined)
        query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(before.at, before.chain)));
      const rows = await query
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit).map(eventRow),
        nextCursor: last === undefined ? null : encodeCursor({ at: last.at, seq: 0, chain: last.id }),
      };
    },
  };
}
