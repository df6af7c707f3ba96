import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBackend, openStore, storeOver } from './open-store.ts';
import { openSqliteHandle } from './sqlite/handle.ts';
import type { SqliteHandle } from './sqlite/handle.ts';
import { sqliteBackend } from './sqlite/open.ts';
import { freshStore, onEveryDatabase, query, scratchDirectory } from './testing/databases.ts';
import { addServer, insertRun } from './testing/samples.ts';
import type { Store } from './types.ts';

const unavailable = (detail: unknown): object => ({ code: 'PC_STORE_UNAVAILABLE', parameters: { detail } });

async function storeWithHandle(): Promise<{ store: Store; handle: SqliteHandle; path: string }> {
  const path = join(scratchDirectory(), 'x.db');
  const handle = await openSqliteHandle(path);
  const store = await storeOver(sqliteBackend(handle), Date.now);
  onTestFinished(() => store.close());
  return { store, handle, path };
}

describe('a SQLite database', () => {
  it('is created for its owner only, and everything beside it', async () => {
    const directory = join(scratchDirectory(), 'a', 'b');
    const store = await openStore(`sqlite:${directory}/x.db`);
    await addServer(store);
    const modes = ['.', 'x.db', 'x.db-wal', 'x.db-shm'].map(
      (name) => statSync(join(directory, name)).mode & 0o777,
    );
    await store.close();
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  it('that is full loses the batch as a whole, says so, and works on once there is room', async () => {
    const { store, handle } = await storeWithHandle();
    await insertRun(store, 'c', 1, 10);
    const [{ page_count: pages }] = handle.prepare('PRAGMA page_count').run([]).rows as [
      { page_count: number },
    ];
    handle.exec(`PRAGMA max_page_count = ${pages + 3}`);
    const failure = insertRun(store, 'c', 11, 900);
    await expect(failure).rejects.toMatchObject(unavailable('the disk is full'));
    await expect(failure).rejects.toMatchObject({ cause: { errcode: 13 } });
    expect((await store.chains.get('c'))?.seq).toBe(10);
    handle.exec('PRAGMA max_page_count = 100000');
    await insertRun(store, 'c', 11, 900);
    expect((await store.counters.load(0))[0]?.amount).toBe(900);
  });

  it('that is read-only is readable, and says so at each write', async () => {
    const { store, handle } = await storeWithHandle();
    const { id } = await addServer(store);
    handle.exec('PRAGMA query_only = 1');
    const readOnly = unavailable('it is read-only');
    await expect(store.ping()).rejects.toMatchObject(readOnly);
    await expect(insertRun(store, 'c', 1, 2)).rejects.toMatchObject(readOnly);
    await expect(store.servers.remove(id)).rejects.toMatchObject(readOnly);
    expect(await store.servers.list()).toHaveLength(1);
  });

  it('waits for another process without blocking this one, and gives up after 5 s', async () => {
    const { store, path } = await storeWithHandle();
    const other = await openSqliteHandle(path);
    await other.begin();
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    await expect(store.ping()).rejects.toMatchObject(unavailable('another process keeps it locked'));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(100);
    const waiting = store.ping();
    other.rollback();
    await waiting;
    await other.close();
  });

  it('that is something else, or nowhere, is refused', async () => {
    const directory = scratchDirectory();
    writeFileSync(
      join(directory, 'text.db'),
      'not a database, and long enough to be read as one '.repeat(20),
    );
    await expect(openStore(`sqlite:${directory}/text.db`)).rejects.toMatchObject(
      unavailable('the file is not a SQLite database'),
    );
    mkdirSync(join(directory, 'folder.db'));
    await expect(openStore(`sqlite:${directory}/folder.db`)).rejects.toMatchObject(
      unavailable('the file cannot be opened'),
    );
    await expect(openStore(`sqlite:${directory}/text.db/x.db`)).rejects.toMatchObject({
      code: 'PC_STORE_UNAVAILABLE',
    });
  });
});

describe('a PostgreSQL server', () => {
  it('that does not listen is named so, without its password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const failure: unknown = await openStore(`postgres://alice:s3cret@127.0.0.1:${port}/x`).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject(unavailable('the server refuses connections'));
    expect(String(failure)).not.toContain('s3cret');
  });

  it('that never answers is given up on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    server.on('connection', (socket) => onTestFinished(() => void socket.destroy()));
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(openStore(`postgres://alice@127.0.0.1:${port}/x`)).rejects.toMatchObject({
      code: 'PC_STORE_UNAVAILABLE',
    });
  });
});

it('refuses a URL of another database, and does not repeat it', async () => {
  for (const url of ['mysql://root:s3cret@db/x', 'sqlite:', '/path/x.db', '']) {
    const failure: unknown = await openStore(url).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'PC_CONFIG_INVALID' });
    expect(String(failure)).not.toContain('s3cret');
  }
});

await onEveryDatabase('a store', (database) => {
  it('that is closed refuses, and may be closed again', async () => {
    const store = await freshStore(database);
    await store.close();
    await store.close();
    const closed = unavailable('it is closed');
    await expect(store.ping()).rejects.toMatchObject(closed);
    await expect(store.servers.list()).rejects.toMatchObject(closed);
    await expect(insertRun(store, 'c', 1, 1)).rejects.toMatchObject(closed);
  });

  if (database.name === 'postgres')
    it('loses a connection inside a transaction, and nothing else', async () => {
      const url = await database.url();
      const { db, close } = await openBackend(url);
      const lost = db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await query(url, `select pg_terminate_backend(${rows[0]!.pid}, 10000)`);
        // The end of the connection is read before the next query is sent.
        for (let turns = 0; turns < 100; turns += 1) await nextTurn();
        await sql`select 1`.execute(tx);
      });
      await expect(lost).rejects.toMatchObject({ code: 'PC_STORE_UNAVAILABLE' });
      const failed = db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await query(url, `select pg_terminate_backend(${rows[0]!.pid}, 10000)`);
        throw new Error('what the work itself says');
      });
      await expect(failed).rejects.toThrow('what the work itself says');
      expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
      await close();
    });
});
