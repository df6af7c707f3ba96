import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '../changes.ts';
import type { Store } from '../types.ts';

/** A node that has not been heard of for so long serves nobody. */
const LIVE_MS = 10_000;
/** Between looks at first, since a node mostly acts on a change within some milliseconds, and at last. */
const LOOK_MS = { first: 1, last: 20 };

export function nodes({ db, clock, pass, write }: Access): Store['nodes'] {
  const isBehind = async (revision: number): Promise<boolean> => {
    const row = await db
      .selectFrom('nodes')
      .select('id')
      .where('at', '>', clock() - LIVE_MS)
      .where('appliedRevision', '<', revision)
      .executeTakeFirst();
    return row !== undefined;
  };
  return {
    async announce(node) {
      const { appliedRevision, at } = node;
      // It is said again soon.
      await pass((tx) =>
        tx
          .insertInto('nodes')
          .values(node)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ appliedRevision, at }))
          .execute(),
      );
    },

    async remove(id) {
      await write((tx) => tx.deleteFrom('nodes').where('id', '=', id).execute());
    },

    async ids(prefix) {
      const rows = await db.selectFrom('nodes').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id).filter((id) => id.startsWith(prefix));
    },

    async confirmed(revision, timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (let pause = LOOK_MS.first; await isBehind(revision); pause = Math.min(2 * pause, LOOK_MS.last)) {
        if (performance.now() >= deadline) return false;
        await sleep(pause);
      }
      return true;
    },
  };
}
