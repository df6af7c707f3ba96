import { expect, it } from 'vitest';
import { openSqliteHandle } from './sqlite/handle.ts';
import { onEveryDatabase, openedStore, query } from './testing/databases.ts';
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
});
