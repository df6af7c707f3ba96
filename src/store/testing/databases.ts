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

export interface OwnRole {
  readonly url: string;
  /** What the server grants it, as `ALTER ROLE` takes it; new connections are told. */
  alter(change: string): Promise<void>;
  /** Ends its connections, as a server does that restarts. */
  disconnect(): Promise<void>;
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
  await onPostgres(promise, (url) => tests({ name: 'postgres', url: () => schemaOf(url) }));
}

/** @param tests are given the URL of somebody who may do anything there; what is made there is theirs to remove */
export async function onPostgres(promise: string, tests: (url: string) => void): Promise<void> {
  const given = process.env['PORTCULLIS_TEST_POSTGRES'];
  const candidates = given === undefined ? USUAL : [given];
  const failures: string[] = [];
  for (const url of candidates) {
    const failure = await whyUnreachable(url);
    if (failure === undefined) return void describe(`${promise} (postgres)`, () => tests(url));
    failures.push(failure);
  }
  describe.skip(`${promise} (postgres): skipped, PostgreSQL cannot be used: ${failures.join('; ')}`, () =>
    tests(''));
}

/** A PostgreSQL database of a role of its own, whose failures touch nobody else. Both are gone after the test. */
export async function ownRole(url: string): Promise<OwnRole> {
  const name = `portcullis_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await query(url, `create role ${name} login password '${password}'`);
  await query(url, `create database ${name} owner ${name}`);
  onTestFinished(async () => {
    await query(url, `drop database ${name} with (force)`);
    await query(url, `drop role ${name}`);
  });
  const own = new URL(url);
  Object.assign(own, { username: name, password, pathname: `/${name}` });
  return {
    url: own.href,
    alter: async (change) => void (await query(url, `alter role ${name} ${change}`)),
    async disconnect() {
      await query(
        url,
        `select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '${name}'`,
      );
    },
  };
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
