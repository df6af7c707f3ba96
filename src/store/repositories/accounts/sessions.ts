import type { AccountStore } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import { present } from '../../presence.ts';
import { iso } from './iso.ts';

export function sessions({ db, clock, write }: Access): AccountStore['sessions'] {
  return {
    async list(userId) {
      const rows = await db
        .selectFrom('sessions')
        .select(['id', 'userId', 'ipAddress', 'userAgent', 'createdAt', 'expiresAt'])
        .where('userId', '=', userId)
        .where('expiresAt', '>', iso(clock()))
        .orderBy('createdAt', 'desc')
        .execute();
      return rows.map((row) => ({
        ...row,
        createdAt: Date.parse(row.createdAt),
        expiresAt: Date.parse(row.expiresAt),
      }));
    },

    async remove(userId, id) {
      const row = await write((tx) =>
        tx
          .deleteFrom('sessions')
          .where('id', '=', id)
          .where('userId', '=', userId)
          .returning('id')
          .executeTakeFirst(),
      );
      present(row, 'session');
    },
  };
}
