import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client } from 'pg';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openBackend } from './open-store.ts';
import { onEveryDatabase } from './testing/databases.ts';

await onEveryDatabase('a transaction', (database) => {
  it.skipIf(database.name === 'sqlite')(
    'whose connection ends between two queries fails, alone',
    async () => {
      const url = await database.url();
      const { db, close } = await openBackend(url);
      const lost = db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        const other = new Client({ connectionString: url });
        await other.connect();
        await other.query('select pg_terminate_backend($1, 10000)', [rows[0]!.pid]);
        await other.end();
        // The end of the connection is read before the next query is sent.
        for (let turns = 0; turns < 100; turns += 1) await nextTurn();
        await sql`select 1`.execute(tx);
      });
      await expect(lost).rejects.toMatchObject({ code: 'PC_STORE_UNAVAILABLE' });
      expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
      await close();
    },
  );
});
