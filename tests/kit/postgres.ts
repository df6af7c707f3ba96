/** PostgreSQL for a suite: `describe.skipIf(noPostgres)` where the machine has none, and a fresh database where it does. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

const url = process.env.PORTCULLIS_TEST_POSTGRES;

export const noPostgres = url === undefined;

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database. @throws Error when there is no PostgreSQL */
export async function freshDatabase(): Promise<FreshDatabase> {
  if (url === undefined)
    throw new Error('PORTCULLIS_TEST_POSTGRES is not set: this suite should have been skipped');
  const name = `portcullis_test_${randomBytes(6).toString('hex')}`;
  await query(url, `create database ${name}`);
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  return { url: fresh.href, drop: () => query(url, `drop database if exists ${name} with (force)`) };
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
