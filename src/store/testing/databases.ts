/** The databases that the suite runs on: SQLite always, PostgreSQL where there is one, each test on an empty one of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, onTestFinished } from 'vitest';
import { openStore } from '../open-store.ts';
import type { Store } from '../types.ts';

export interface TestDatabase {
  readonly name: Store['dialect'];
  /** The URL of an empty database that is gone after the test. */
  url(): Promise<string>;
}

const SQLITE: TestDatabase = {
  name: 'sqlite',
  url: async () => `sqlite:${join(scratchDirectory(), 'data', 'portcullis.db')}`,
};

const USUAL = ['postgres', 'root'].map((user) => `postgres://${user}@127.0.0.1:5432/test`);

/** A directory that is gone after the test. */
export function scratchDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'portcullis-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** One group of tests for each database. */
export async function onEveryDatabase(
  promise: string,
  tests: (database: TestDatabase) => void,
): Promise<void> {
  describe(`${promise} (sqlite)`, () => tests(SQLITE));
  const given = process.env['PORTCULLIS_TEST_POSTGRES'];
  const candidates = given === undefined ? USUAL : [given];
  const failures: string[] = [];
  for (const url of candidates) {
    const failure = await whyUnreachable(url);
    if (failure === undefined) {
      describe(`${promise} (postgres)`, () => tests({ name: 'postgres', url: () => schemaOf(url) }));
      return;
    }
    failures.push(failure);
  }
  describe.skip(`${promise} (postgres): skipped, PostgreSQL cannot be used: ${failures.join('; ')}`, () =>
    tests({ name: 'postgres', url: () => schemaOf('') }));
}

/** A store over a database of its own, closed after the test. */
export async function freshStore(database: TestDatabase, clock?: () => number): Promise<Store> {
  return openedStore(await database.url(), clock);
}

export async function openedStore(url: string, clock?: () => number): Promise<Store> {
  const store = await openStore(url, clock === undefined ? {} : { clock });
  onTestFinished(() => store.close());
  return store;
}

/** Runs SQL on a database behind its store's back. */
export async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function whyUnreachable(url: string): Promise<string | undefined> {
  try {
    await query(url, 'select 1');
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message || String((error as NodeJS.ErrnoException).code)
      : String(error);
  }
}

async function schemaOf(url: string): Promise<string> {
  const schema = `portcullis_${randomBytes(6).toString('hex')}`;
  await query(url, `create schema ${schema}`);
  onTestFinished(async () => void (await query(url, `drop schema ${schema} cascade`)));
  return `${url}?options=-c%20search_path%3D${schema}%20-c%20synchronous_commit%3Doff&application_name=${schema}`;
}
