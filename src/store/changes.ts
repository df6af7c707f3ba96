/** Reading and changing, as the repositories do it. */
import type { Backend } from './backend.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Db, Tx } from './schema.ts';

export interface Access {
  readonly db: Db;
  /** Ms since the epoch. */
  readonly clock: () => number;
  /** One transaction that raises the revision and tells every process. */
  change<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction that no process needs to hear of. On SQLite also a single statement needs it: only its begin waits without blocking. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `write`, for what a crash of the machine may undo because it is done again anyway. */
  pass<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export async function readRevision(db: Db): Promise<number> {
  const { value } = await db.selectFrom('revision').select('value').executeTakeFirstOrThrow();
  return value;
}

export function createAccess(
  { db, passing, announce }: Backend,
  feed: ChangeFeed,
  clock: () => number,
): Access {
  const write: Access['write'] = (work) => db.transaction().execute(work);
  return {
    db,
    clock,
    write,
    pass: (work) => passing.transaction().execute(work),
    async change(work) {
      const result = await write(async (tx) => {
        // First, so that changes queue up here: a later revision is never visible before an earlier one.
        const { value } = await tx
          .updateTable('revision')
          .set((eb) => ({ value: eb('value', '+', 1) }))
          .returning('value')
          .executeTakeFirstOrThrow();
        await announce(tx, value);
        return work(tx);
      });
      feed.look();
      return result;
    },
  };
}
