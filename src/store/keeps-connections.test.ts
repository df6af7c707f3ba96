import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { addPerson, addServer, START, steppedClock } from './testing/samples.ts';

const SECRET = { status: 'connected' as const, expiresAt: START + 1000, scopes: ['a', 'b'], sealed: 'v1.x' };

await onEveryDatabase('connections to servers', (database) => {
  it('come back as they were given, one a server and owner', async () => {
    const store = await freshStore(database, () => START);
    const { id: serverId } = await addServer(store);
    const row = { serverId, owner: '', ...SECRET };
    await store.upstreamConnections.put(row);
    const stored = { ...row, version: 1, refreshingUntil: 0, updatedAt: START };
    expect(await store.upstreamConnections.get(serverId, '')).toEqual(stored);
    expect(await store.upstreamConnections.get(serverId, 'ann')).toBeUndefined();
    await store.upstreamConnections.put({ ...row, sealed: 'v1.y' });
    expect(await store.upstreamConnections.list()).toEqual([{ ...stored, sealed: 'v1.y', version: 2 }]);
    await store.servers.remove(serverId);
    expect(await store.upstreamConnections.list()).toEqual([]);
  });

  it('are refreshed by one process at a time, until its time is over', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    const { id: serverId } = await addServer(store);
    await store.upstreamConnections.put({ serverId, owner: '', ...SECRET });
    const lease = (version: number): Promise<boolean> =>
      store.upstreamConnections.lease(serverId, '', version, clock() + 100);
    const asked = await Promise.all([lease(1), lease(1), lease(1)]);
    expect(asked.filter(Boolean)).toHaveLength(1);
    clock.advance(101);
    expect(await lease(1)).toBe(true);
    const next = { serverId, owner: '', ...SECRET, sealed: 'v1.new', version: 1 };
    expect(await store.upstreamConnections.replace(next)).toBe(true);
    expect(await store.upstreamConnections.replace(next)).toBe(false);
    expect(await lease(1)).toBe(false);
    expect(await lease(2)).toBe(true);
  });

  it('tell every process when they are made or ended, and not when they are refreshed', async () => {
    const store = await freshStore(database, () => START);
    const { id: serverId } = await addServer(store);
    const before = await store.revision();
    await store.upstreamConnections.put({ serverId, owner: '', ...SECRET });
    expect(await store.revision()).toBe(before + 1);
    await store.upstreamConnections.replace({ serverId, owner: '', ...SECRET, version: 1 });
    expect(await store.revision()).toBe(before + 1);
    await store.upstreamConnections.remove(serverId);
    expect(await store.revision()).toBe(before + 2);
  });

  it('of one person end with their membership, and are not made without it', async () => {
    const store = await freshStore(database, () => START);
    const { id: serverId, organizationId } = await addServer(store);
    const { accounts, upstreamConnections } = store;
    await accounts.organizations.init({ id: organizationId, name: 'Ours' });
    const own = { serverId, owner: 'ann', ...SECRET };
    const stranger = expect.objectContaining({ code: 'PC_API_NOT_FOUND' });
    await expect(upstreamConnections.put(own)).rejects.toThrow(stranger);
    for (const id of ['ann', 'bob', 'cat']) {
      await addPerson(store, id);
      await accounts.members.put({ id: `m-${id}`, organizationId, userId: id, role: 'admin' });
    }
    for (const owner of ['ann', 'bob']) await upstreamConnections.put({ ...own, owner });
    await upstreamConnections.put({ ...own, owner: '' });
    const attempt = { id: 'hash', serverId, owner: 'ann', sealed: 'v1.x', expiresAt: START + 100 };
    await upstreamConnections.begin(attempt);
    await accounts.members.remove(organizationId, 'm-ann');
    const left = (await upstreamConnections.list()).map(({ owner }) => owner);
    expect(left.toSorted()).toEqual(['', 'bob']);
    await expect(upstreamConnections.take('hash')).rejects.toThrow(stranger);
    await expect(upstreamConnections.put(own)).rejects.toThrow(stranger);
  });

  it('tell every process when the authorization server has ended them', async () => {
    const store = await freshStore(database, () => START);
    const { id: serverId } = await addServer(store);
    await store.upstreamConnections.put({ serverId, owner: '', ...SECRET });
    const before = await store.revision();
    const over = { serverId, owner: '', ...SECRET, status: 'needs-sign-in' as const, version: 1 };
    expect(await store.upstreamConnections.replace(over)).toBe(true);
    expect(await store.revision()).toBe(before + 1);
  });

  it('begin with attempts that can be taken once, and not when they are too old', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    const { id: serverId } = await addServer(store);
    const attempt = { id: 'hash', serverId, owner: '', sealed: 'v1.x', expiresAt: clock() + 100 };
    await store.upstreamConnections.begin(attempt);
    expect(await store.upstreamConnections.take('hash')).toEqual(attempt);
    const missing = expect.objectContaining({ code: 'PC_API_NOT_FOUND' });
    await expect(store.upstreamConnections.take('hash')).rejects.toThrow(missing);
    await store.upstreamConnections.begin({ ...attempt, id: 'late', expiresAt: clock() + 100 });
    clock.advance(1000);
    await expect(store.upstreamConnections.take('late')).rejects.toThrow(missing);
  });

  it('have all their secrets renewed together with those of servers and grants', async () => {
    const store = await freshStore(database, () => START);
    const { id: serverId } = await addServer(store);
    await store.servers.update(serverId, {
      sealedSecrets: 'old',
      auth: { kind: 'oauth', clientId: 'c', sealedClientSecret: 'old' },
    });
    await store.upstreamConnections.put({ serverId, owner: '', ...SECRET, sealed: 'old' });
    await store.upstreamConnections.begin({
      id: 'hash',
      serverId,
      owner: '',
      sealed: 'old',
      expiresAt: START + 1,
    });
    await store.settings.set('keys.derivation', 'v1.old.a.b');
    const tables: string[] = [];
    const renew = (sealed: string, { table }: { table: string }): string => {
      tables.push(table);
      return sealed.replace('old', 'new');
    };
    expect(await store.secrets.renew(renew)).toBe(4);
    expect(tables.toSorted()).toEqual([
      'connection_attempts',
      'servers',
      'servers.auth',
      'settings',
      'upstream_connections',
    ]);
    const server = await store.servers.get(serverId);
    expect(server).toMatchObject({ sealedSecrets: 'new', auth: { sealedClientSecret: 'new' } });
    expect((await store.upstreamConnections.get(serverId, ''))?.sealed).toBe('new');
    expect(await store.settings.get('keys.derivation')).toBe('v1.new.a.b');
    expect(await store.secrets.renew(renew)).toBe(0);
  });
});
