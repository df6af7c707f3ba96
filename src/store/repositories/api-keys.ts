import type { Access } from '../changes.ts';
import { present } from '../presence.ts';
import type { Store } from '../types.ts';

export function apiKeys({ db, clock, change, write }: Access): Store['apiKeys'] {
  return {
    list() {
      return db.selectFrom('apiKeys').selectAll().orderBy('createdAt').orderBy('id').execute();
    },

    insert(row) {
      const stored = { ...row, lastUsedAt: null, createdAt: clock() };
      return change((tx) => tx.insertInto('apiKeys').values(stored).returningAll().executeTakeFirstOrThrow());
    },

    async touch(id, at) {
      const row = await write((tx) =>
        tx
          .updateTable('apiKeys')
          .set({ lastUsedAt: at })
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst(),
      );
      present(row, 'API key');
    },

    async remove(id) {
      await change(async (tx) => {
        present(
          await tx.deleteFrom('apiKeys').where('id', '=', id).returning('id').executeTakeFirst(),
          'API key',
        );
      });
    },
  };
}
