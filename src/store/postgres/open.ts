import { PostgresDialect, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { createDb } from '../create-db.ts';
import { insertBlocksIntoPostgres } from './insert-blocks.ts';
import { openPool } from './pool.ts';
import { CHANNEL, watchPostgres } from './watch.ts';

/** Connects at the first query. The schema is the first of the connection's search path. */
export async function openPostgres(url: string): Promise<Backend> {
  const pool = await openPool(url);
  const db = createDb(new PostgresDialect({ pool }));
  return {
    dialect: 'postgres',
    db,
    passing: db,
    together: (work) => work(),
    flush: async () => {},
    // Autovacuum makes the room usable again.
    reclaim: async () => {},
    insertBlocks: (blocks, head) => insertBlocksIntoPostgres(db, blocks, head),
    watch: (wake) => watchPostgres(url, wake),
    async announce(tx, revision) {
      await sql`select pg_notify(${CHANNEL}, ${String(revision)})`.execute(tx);
    },
    close: () => pool.end(),
  };
}
