/** Connections to PostgreSQL, with limits on every wait, and without the broken ones. */
import { PortcullisError } from '../../errors.ts';
import type { PostgresPool } from 'kysely';
import type pg from 'pg';
import type { ClientConfig, PoolClient } from 'pg';
import { isBroken, isStale, LOST, postgresFailure } from './failures.ts';

const INT8 = 20;
const NOTHING = { command: 'ROLLBACK', rowCount: 0, rows: [] };

/** The client library, loaded only by installations that use it. */
export async function loadPg(): Promise<typeof pg> {
  return (await import('pg')).default;
}

/** Server-side limits come first, so that a query that takes too long leaves its connection usable. */
export function clientConfig(url: string, { types }: typeof pg): ClientConfig {
  return {
    connectionString: url,
    application_name: 'portcullis',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: {
      // Times and positions: all below 2^53.
      getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)),
    },
  };
}

/** @throws PortcullisError from its queries, never an error of the driver for which PortcullisError has a word */
export async function openPool(url: string): Promise<PostgresPool> {
  const driver = await loadPg();
  const pool = new driver.Pool({ ...clientConfig(url, driver), max: 10, allowExitOnIdle: true });
  // An idle connection that breaks is replaced by the pool; without a listener the event would end the process.
  pool.on('error', () => {});
  // Nor does the pool listen to one that it has just handed out: its end may come with the answer that made it.
  pool.on('connect', (client) => client.on('error', () => {}));
  let ended: Promise<void> | undefined;
  return {
    async connect() {
      if (pool.ending) throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail: 'it is closed' });
      try {
        return guarded(await pool.connect());
      } catch (error) {
        throw postgresFailure(error);
      }
    },
    end: () => (ended ??= pool.end()),
  };
}

function guarded(client: PoolClient): Awaited<ReturnType<PostgresPool['connect']>> {
  let broken = false;
  let stale = false;
  // A connection may end between two queries of a transaction: the next one says so, and the event must not end the process.
  const onError = (): void => void (broken = true);
  client.on('error', onError);
  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    // The end of the connection rolls back, and what failed before is what there is to say.
    const isRolledBack = (): boolean => broken && sql === 'rollback';
    if (isRolledBack()) return NOTHING;
    // Over a dead connection it would wait for its answer.
    if (broken) throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail: LOST });
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      broken ||= isBroken(error);
      stale ||= isStale(error);
      if (isRolledBack()) return NOTHING;
      throw postgresFailure(error);
    }
  };
  const release = (): void => {
    client.off('error', onError);
    client.release(broken || stale);
  };
  return { query, release } as Awaited<ReturnType<PostgresPool['connect']>>;
}
