import type { AccountStore, PersonRow } from '../../account-types.ts';
import type { Access } from '../../changes.ts';
import type { StoredPerson } from '../../schema.ts';

const COLUMNS = ['id', 'name', 'email', 'emailVerified', 'twoFactorEnabled', 'createdAt'] as const;

export function people({ db, write }: Access): AccountStore['people'] {
  return {
    async count() {
      const { count } = await db
        .selectFrom('users')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async byEmail(email) {
      const query = db.selectFrom('users').select(COLUMNS).where('email', '=', email.toLowerCase());
      return personRow(await query.executeTakeFirst());
    },

    async get(id) {
      return personRow(await db.selectFrom('users').select(COLUMNS).where('id', '=', id).executeTakeFirst());
    },

    async reset(id) {
      await write(async (tx) => {
        await tx.deleteFrom('sessions').where('userId', '=', id).execute();
        await tx.deleteFrom('twoFactors').where('userId', '=', id).execute();
        await tx.updateTable('users').set({ twoFactorEnabled: 0 }).where('id', '=', id).execute();
      });
    },
  };
}

function personRow(row: StoredPerson | undefined): PersonRow | undefined {
  if (row === undefined) return undefined;
  return {
    ...row,
    emailVerified: row.emailVerified === 1,
    twoFactorEnabled: row.twoFactorEnabled === 1,
    createdAt: Date.parse(row.createdAt),
  };
}
