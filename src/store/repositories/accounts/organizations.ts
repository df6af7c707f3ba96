import type { AccountStore } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import { present } from '../../presence.ts';
import { iso } from './iso.ts';

const COLUMNS = ['id', 'name', 'createdAt'] as const;

export function organizations({ db, clock, change, write }: Access): AccountStore['organizations'] {
  return {
    async get(id) {
      const row = await db
        .selectFrom('organizations')
        .select(COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...row, createdAt: Date.parse(row.createdAt) };
    },

    async init({ id, name }) {
      const row = await write(async (tx) => {
        await tx
          .insertInto('organizations')
          .values({ id, name, slug: id, createdAt: iso(clock()) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        return tx.selectFrom('organizations').select(COLUMNS).where('id', '=', id).executeTakeFirstOrThrow();
      });
      return { ...row, createdAt: Date.parse(row.createdAt) };
    },

    async rename(id, name) {
      const query = (tx: Parameters<Parameters<Access['change']>[0]>[0]) =>
        tx
          .updateTable('organizations')
          .set({ name })
          .where('id', '=', id)
          .returning(COLUMNS)
          .executeTakeFirst();
      const row = present(await change(query), 'organization');
      return { ...row, createdAt: Date.parse(row.createdAt) };
    },
  };
}
