/**
 * Brings the tables up to date, all or nothing, and once however many processes start together: SQLite by its write
 * lock, PostgreSQL by an advisory lock. A database that a newer version has changed is refused, not guessed at.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { PortcullisError } from '../errors.ts';
import { approvalTables } from './migrations/approvals.ts';
import { catalogTables } from './migrations/catalog-tables.ts';
import { accountTables } from './migrations/account-tables.ts';
import { callRanks } from './migrations/call-ranks.ts';
import { callStats } from './migrations/call-stats.ts';
import { contactMessages } from './migrations/contact-messages.ts';
import { firstTables } from './migrations/first-tables.ts';
import { grantLimits } from './migrations/grant-limits.ts';
import { grantPages } from './migrations/grant-pages.ts';
import { grantPeople } from './migrations/grant-people.ts';
import { grantRevisions } from './migrations/grant-revisions.ts';
import { grantServers } from './migrations/grant-servers.ts';
import { logBlocks, moveEntries } from './migrations/log-blocks.ts';
import { logPostings } from './migrations/log-postings.ts';
import { logRemovals } from './migrations/log-removals.ts';
import { plainBlocks } from './migrations/plain-blocks.ts';
import { toolRevisions } from './migrations/tool-revisions.ts';
import { unknownOutcomes } from './migrations/unknown-outcomes.ts';
import { upstreamConnections } from './migrations/upstream-connections.ts';
import type { Db, Tx } from './schema.ts';
import type { Store } from './types.ts';

/** In order. A migration that was released is never changed; a new one is appended. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-first-tables', statements: firstTables },
  { name: '0002-log-blocks', statements: logBlocks, move: moveEntries },
  { name: '0003-contact-messages', statements: contactMessages },
  { name: '0004-catalog', statements: catalogTables },
  { name: '0005-accounts', statements: accountTables },
  { name: '0006-call-stats', statements: callStats },
  { name: '0007-grant-limits', statements: grantLimits },
  { name: '0008-approvals', statements: approvalTables },
  { name: '0009-upstream-connections', statements: upstreamConnections },
  { name: '0011-log-removals', statements: logRemovals },
  { name: '0012-grant-people', statements: grantPeople },
  { name: '0010-grant-servers', statements: grantServers },
  { name: '0013-log-postings', statements: logPostings },
  { name: '0014-call-ranks', statements: callRanks },
  { name: '0015-grant-revisions', statements: grantRevisions },
  { name: '0016-tool-revisions', statements: toolRevisions },
  { name: '0017-grant-pages', statements: grantPages },
  { name: '0018-unknown-outcomes', statements: unknownOutcomes },
  { name: '0019-plain-blocks', statements: plainBlocks },
];

export interface Migration {
  readonly name: string;
  readonly statements: readonly string[] | ((dialect: Store['dialect']) => readonly string[]);
  /** Brings rows over to the new tables. */
  readonly move?: (tx: Tx) => Promise<void>;
}

/** "Portcull" in ASCII. */
const LOCK_ID = '5795977089659530348';
const LOCK_PATIENCE_MS = 60_000;

/**
 * @param migrations all that this version knows, in order
 * @throws PC_STORE_UNAVAILABLE; the tables are then what they were
 */
export async function migrate(
  db: Db,
  dialect: Store['dialect'],
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (dialect === 'postgres') await takeLock(tx);
    await sql`create table if not exists migrations (name text primary key, at bigint not null)`.execute(tx);
    const applied = new Set(
      (await tx.selectFrom('migrations').select('name').execute()).map((row) => row.name),
    );
    for (const { name, statements, move } of migrations) {
      if (applied.delete(name)) continue;
      for (const statement of typeof statements === 'function' ? statements(dialect) : statements)
        await sql.raw(inDialect(statement, dialect)).execute(tx);
      await move?.(tx);
      await tx.insertInto('migrations').values({ name, at: now }).execute();
    }
    if (applied.size > 0)
      throw new PortcullisError('PC_STORE_UNAVAILABLE', {
        detail: 'a newer version of Portcullis has changed it',
      });
  });
}

/** The one type that the two spell differently. */
function inDialect(statement: string, dialect: Store['dialect']): string {
  return dialect === 'sqlite' ? statement.replaceAll(' bytea ', ' blob ') : statement;
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
