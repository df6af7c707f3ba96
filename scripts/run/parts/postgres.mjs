/**
 * PostgreSQL for the suites that ask for it, as a database of their own that is dropped afterwards: on a server that
 * runs already, else on one started for this run from the binaries on this machine, else from Debian's packages when
 * root. Where none of that works the suites are skipped, with the reason.
 */
import { userInfo } from 'node:os';
import { randomBytes } from 'node:crypto';
import { ROOT } from '../folders.mjs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installPackages } from './debian.mjs';
import { findBinaries, startServer } from './postgres-server.mjs';

/** The variable that suites read: the URL of an empty database whose user may create others. */
export const VARIABLE = 'PORTCULLIS_TEST_POSTGRES';

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | { missing: string }>} */
export async function providePostgres() {
  const running = await findRunning();
  if (running !== undefined) return database(running, async () => {});
  let binaries = findBinaries();
  if (binaries === undefined) {
    const refusal = await installPackages('postgresql');
    if (refusal !== undefined) return { missing: `PostgreSQL is neither running nor installed; ${refusal}` };
    binaries = findBinaries();
  }
  if (binaries === undefined) return { missing: 'PostgreSQL was installed, but its binaries were not found' };
  try {
    const server = await startServer(binaries);
    return await database(server.url, server.stop);
  } catch (error) {
    return { missing: `PostgreSQL cannot be started: ${error.message}` };
  }
}

async function findRunning() {
  const given = process.env[VARIABLE];
  const users = [...new Set(['postgres', userInfo().username])];
  const candidates =
    given === undefined ? users.map((user) => `postgres://${user}@127.0.0.1:5432/postgres`) : [given];
  for (const url of candidates) {
    const rights = await query(
      url,
      'select rolsuper or rolcreatedb as creates from pg_roles where rolname = current_user',
    );
    if (rights?.[0]?.creates === true) return url;
  }
  return undefined;
}

async function database(admin, stop) {
  const name = `portcullis_test_${randomBytes(6).toString('hex')}`;
  if ((await query(admin, `create database ${name}`)) === undefined) {
    await stop();
    return { missing: 'PostgreSQL refused to create a database for the tests' };
  }
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    stop: async () => {
      await query(admin, `drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

/** Rows, or undefined when the server cannot be reached or refuses. */
async function query(url, sql) {
  const pg = createRequire(join(ROOT, 'package.json'))('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}
