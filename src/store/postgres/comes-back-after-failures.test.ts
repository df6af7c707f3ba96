import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { insertRun } from '../testing/samples.ts';
import { onPostgres, openedStore, ownRole } from '../testing/databases.ts';

const unavailable = (detail: string): object => ({ code: 'PC_STORE_UNAVAILABLE', parameters: { detail } });

async function connected(url: string): Promise<Client> {
  const client = new Client(url);
  client.on('error', () => {});
  onTestFinished(() => client.end());
  await client.connect();
  return client;
}

await onPostgres('a store says what fails, and works on by itself after', (admin) => {
  it('a restart', async () => {
    const role = await ownRole(admin);
    const store = await openedStore(role.url);
    await insertRun(store, 'c', 1, 10);
    await role.alter('nologin');
    await role.disconnect();
    await expect(insertRun(store, 'c', 11, 20)).rejects.toMatchObject({ code: 'PC_STORE_UNAVAILABLE' });
    await expect(store.ping()).rejects.toMatchObject(
      unavailable('the server refused the user or the password'),
    );
    await role.alter('login');
    await insertRun(store, 'c', 11, 20);
    expect((await store.counters.load(0))[0]?.amount).toBe(20);
  });

  it('a failover by way of a standby that takes connections and only reads', async () => {
    const role = await ownRole(admin);
    const store = await openedStore(role.url);
    await role.alter('set default_transaction_read_only = on');
    await role.disconnect();
    // The first ones may meet connections that have just ended.
    await expect
      .poll(() => store.ping().catch((error: unknown) => error))
      .toMatchObject(unavailable('it is read-only'));
    await expect(insertRun(store, 'c', 1, 10)).rejects.toMatchObject(unavailable('it is read-only'));
    expect(await store.servers.list()).toEqual([]);
    // Connections that were made to the standby stay what they are.
    await role.alter('reset default_transaction_read_only');
    await expect.poll(() => store.ping().then(() => 'pinged', String)).toBe('pinged');
    await insertRun(store, 'c', 1, 10);
  });

  it('no connection to spare', async () => {
    const role = await ownRole(admin);
    const store = await openedStore(role.url);
    await role.alter('connection limit 1');
    await role.disconnect();
    const other = await connected(role.url);
    await expect
      .poll(() => store.ping().catch((error: unknown) => error))
      .toMatchObject(unavailable('the server has too many connections'));
    await other.end();
    await expect.poll(() => store.ping().then(() => 'pinged', String)).toBe('pinged');
  });

  it('a table that another session keeps locked', async () => {
    const role = await ownRole(admin);
    const store = await openedStore(`${role.url}?statement_timeout=300`);
    const other = await connected(role.url);
    await other.query('begin');
    await other.query('lock table settings, log_blocks in access exclusive mode');
    const slow = unavailable('a query took too long');
    await expect(store.ping()).rejects.toMatchObject(slow);
    await expect(insertRun(store, 'c', 1, 10)).rejects.toMatchObject(slow);
    await other.query('rollback');
    await store.ping();
    await insertRun(store, 'c', 1, 10);
  });
});
