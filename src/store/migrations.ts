/**
 * Brings the tables up to date, all or nothing, and once however many processes start together: SQLite by its write
 * lock, PostgreSQL by an advisory lock. A database that a newer version has changed is refused, not guessed at.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { PortcullisError } from '../errors.ts';
import { firstTables } from './migrations/first-tables.ts';
import type { Db, Tx } from './schema.ts';
import type { Store } from './types.ts';

/** In order. A migration that was released is never changed; a new one is appended. */
const MIGRATIONS: readonly { readonly name: string; readonly statements: readonly string[] }[] = [
  { name: '0001-first-tables', statements: firstTables },
];

/** "Portcull" in ASCII. */
const LOCK_ID = '5795977089659530348';
const LOCK_PATIENCE_MS = 60_000;

/** @throws PC_STORE_UNAVAILABLE */
export async function migrate(db: Db, dialect: Store['dialect'], now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (dialect === 'postgres') await takeLock(tx);
    await sql`create table if not exists migrations (name text primary key, at bigint not null)`.execute(tx);
    const applied = new Set(
      (await tx.selectFrom('migrations').select('name').execute()).map((row) => row.name),
    );
    for (const { name, statements } of MIGRATIONS) {
      if (applied.delete(name)) continue;
      for (const statement of statements) await sql.raw(statement).execute(tx);
      await tx.insertInto('migrations').values({ name, at: now }).execute();
    }
    if (applied.size > 0)
      throw new PortcullisError('PC_STORE_UNAVAILABLE', {
        detail: 'a newer version of Portcullis has changed it',
      });
  });
}

/** Held until the transaction ends. Asks again and again, because one long wait would run into the statement's time limit. */
async function takeLock(tx: Tx): Promise<void> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const { rows } = await sql<{
      taken: boolean;
    }>`select pg_try_advisory_xact_lock(${LOCK_ID}::bigint) as taken`.execute(tx);
    if (rows[0]?.taken === true) return;
    if (performance.now() > deadline)
      throw new PortcullisError('PC_STORE_UNAVAILABLE', {
        detail: 'another process has been changing its tables for a minute',
      });
    await sleep(50);
  }
}
