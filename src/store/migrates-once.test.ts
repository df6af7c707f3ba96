import { expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS, migrate } from './migrations.ts';
import { openBackend } from './open-store.ts';
import { openSqliteHandle } from './sqlite/handle.ts';
import { onEveryDatabase, openedStore, query } from './testing/databases.ts';
import { columnsOf } from './testing/columns-of.ts';
import { prepareChildren } from './testing/children.ts';
import { addServer } from './testing/samples.ts';

const start = prepareChildren();

async function execute(url: string, statement: string): Promise<void> {
  if (!url.startsWith('sqlite:')) return void (await query(url, statement));
  const handle = await openSqliteHandle(url.slice('sqlite:'.length));
  handle.exec(statement);
  await handle.close();
}

await onEveryDatabase('opening a database', (database) => {
  it('keeps what is there when it is opened again', async () => {
    const url = await database.url();
    const first = await openedStore(url);
    await addServer(first);
    await first.close();
    expect(await (await openedStore(url)).servers.list()).toHaveLength(1);
  });

  it('is safe for processes that start at once', async () => {
    const url = await database.url();
    const children = Array.from({ length: 3 }, () => start('migrate', url));
    expect(await Promise.all(children.map((child) => child.next()))).toEqual(Array(3).fill('revision 0'));
  });

  it('refuses a database that a newer version has changed', async () => {
    const url = await database.url();
    await (await openedStore(url)).close();
    await execute(url, `insert into migrations (name, at) values ('9999-from-the-future', 0)`);
    await expect(openedStore(url)).rejects.toMatchObject({
      code: 'PC_STORE_UNAVAILABLE',
      parameters: { detail: 'a newer version of Portcullis has changed it' },
    });
  });

  it('leaves everything as it was when a migration fails half-way', async () => {
    const url = await database.url();
    const store = await openedStore(url);
    await addServer(store);
    const backend = await openBackend(url);
    const { db, dialect } = backend;
    onTestFinished(backend.close);
    const stateOf = async (): Promise<unknown> => [
      await columnsOf(backend),
      await db.selectFrom('migrations').selectAll().execute(),
      await store.servers.list(),
    ];
    const before = await stateOf();
    const next = [
      { name: '9001-first', statements: ['create table further (id text primary key)'] },
      {
        name: '9002-second',
        statements: ['alter table servers add column further text', `update servers set name = 'changed'`],
        move: () => Promise.reject(new Error('no more room')),
      },
    ];
    await expect(migrate(db, dialect, 0, [...MIGRATIONS, ...next])).rejects.toThrow('no more room');
    expect(await stateOf()).toEqual(before);
    await migrate(db, dialect, 0, [...MIGRATIONS, next[0]!]);
    expect(await stateOf()).not.toEqual(before);
  });
});
