import type { Access } from '../changes.ts';
import type { Db, Tx } from '../schema.ts';
import type { Store } from '../types.ts';

export function settings({ db, write }: Access): Store['settings'] {
  return {
    get: (name) => readSetting(db, name),

    set: (name, value) => write((tx) => writeSetting(tx, name, value)),

    async replace(name, expected, value) {
      const row = await write((tx) =>
        tx
          .updateTable('settings')
          .set({ value })
          .where('name', '=', name)
          .where('value', '=', expected)
          .returning('name')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    init(name, value) {
      return write(async (tx) => {
        await tx
          .insertInto('settings')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .execute();
        return (await readSetting(tx, name)) ?? value;
      });
    },
  };
}

export async function writeSetting(tx: Tx, name: string, value: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function readSetting(db: Db, name: string): Promise<string | undefined> {
  return (await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value;
}
