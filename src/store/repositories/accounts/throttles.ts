import type { AccountStore } from '../../account-types.ts';
import type { Access } from '../../changes.ts';

export function throttles({ clock, write }: Access): AccountStore['throttles'] {
  return {
    hit(key, windowMs) {
      const now = clock();
      return write(async (tx) => {
        await tx.deleteFrom('throttles').where('resetsAt', '<=', now).execute();
        return tx
          .insertInto('throttles')
          .values({ key, count: 1, resetsAt: now + windowMs })
          .onConflict((conflict) =>
            conflict.column('key').doUpdateSet((eb) => ({ count: eb('throttles.count', '+', 1) })),
          )
          .returning(['count', 'resetsAt'])
          .executeTakeFirstOrThrow();
      });
    },

    async forget(key) {
      await write((tx) => tx.deleteFrom('throttles').where('key', '=', key).execute());
    },
  };
}
