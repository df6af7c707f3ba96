import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ChangeFeed } from './change-feed.ts';
import { freshStore, onEveryDatabase, openedStore, query } from './testing/databases.ts';
import { prepareChildren } from './testing/children.ts';
import {
  addGrant,
  addPolicy,
  addServer,
  headOf,
  START,
  steppedClock,
  toolSample,
} from './testing/samples.ts';
import type { Store } from './types.ts';

const start = prepareChildren();

/** Resolves with the next revision that the store calls back with. */
function nextChange(store: Store): Promise<number> {
  return new Promise((resolve) => {
    const stop = store.onChange((revision) => {
      stop();
      resolve(revision);
    });
  });
}

await onEveryDatabase('the revision', (database) => {
  it('grows by one with each change of configuration, and with nothing else', async () => {
    const store = await freshStore(database);
    const { id } = await addServer(store);
    const policy = await addPolicy(store, id);
    const grant = await addGrant(store, id);
    const key = await store.apiKeys.insert({
      id: 'k',
      organizationId: 'o',
      label: '',
      role: 'viewer',
      keyHash: 'h',
      expiresAt: null,
    });
    expect(await store.revision()).toBe(4);

    await store.tools.upsert(id, [toolSample('read')], START);
    await store.apiKeys.touch(key.id, 1);
    await store.settings.set('a', 'b');
    await store.entries.insertBatch('c', [], [], headOf('c', 0));
    await store.nodes.announce({ id: 'n', appliedRevision: 0, at: 0 });
    await store.ping();
    await store.events.insert({
      id: 'e',
      at: 0,
      organizationId: 'o',
      actor: '',
      action: '',
      subject: '',
      detail: null,
    });
    expect(await store.revision()).toBe(4);

    const changes = [
      () => store.servers.update(id, { name: 'x' }),
      () => store.policies.save(policy.id, { document: {}, written: '', note: null, author: '' }),
      () => store.grants.update(grant.id, { revokedAt: 1 }),
      () => store.grants.rotate(grant.id, { tokenHash: 'n', sealedToken: '' }, 0),
      () => store.tools.override(id, 'read', 'Read'),
      () => store.tools.repin(id, 'read'),
      () => store.grants.remove(grant.id),
      () => store.policies.remove(policy.id),
      () => store.apiKeys.remove(key.id),
      () => store.servers.remove(id),
    ];
    for (const [done, change] of changes.entries()) {
      await change();
      expect(await store.revision()).toBe(5 + done);
    }
  });

  it('stays when a change fails', async () => {
    const store = await freshStore(database);
    await addServer(store);
    await expect(addServer(store)).rejects.toThrow();
    await expect(store.servers.update('none', {})).rejects.toThrow();
    expect(await store.revision()).toBe(1);
  });

  it('counts every one of many changes at once', async () => {
    const store = await freshStore(database);
    await Promise.all(Array.from({ length: 20 }, (_, n) => addServer(store, `s${n}`)));
    expect(await store.revision()).toBe(20);
  });
});

await onEveryDatabase('listening for changes', (database) => {
  it('hears of a change by this process', async () => {
    const store = await freshStore(database);
    const change = nextChange(store);
    await addServer(store);
    expect(await change).toBe(1);
  });

  it('hears of a change by another process', async () => {
    const url = await database.url();
    const store = await openedStore(url);
    const change = nextChange(store);
    const child = start('add-server', url, 'files');
    expect(await child.next()).toBe('revision 1');
    expect(await change).toBe(1);
    expect(await store.servers.list()).toHaveLength(1);
  });

  it('hears of a change from before it began to listen, if the store was open', async () => {
    const url = await database.url();
    const [store, other] = [await openedStore(url), await openedStore(url)];
    await addServer(other);
    expect(await nextChange(store)).toBe(1);
  });

  if (database.name === 'postgres')
    it('hears by NOTIFY, before it would look by itself', async () => {
      const url = await database.url();
      const [store, other] = [await openedStore(url), await openedStore(url)];
      vi.useFakeTimers({ toFake: ['setInterval'] });
      onTestFinished(() => void vi.useRealTimers());
      const change = nextChange(store);
      const listens = `select 1 from pg_stat_activity where state = 'idle' and query = 'listen portcullis'
        and application_name = current_setting('application_name')`;
      await vi.waitUntil(async () => (await query(url, listens)).length === 1, { timeout: 5_000 });
      await addServer(other);
      expect(await change).toBe(1);
    });

  if (database.name === 'postgres')
    it('goes on after every connection was cut', async () => {
      const url = await database.url();
      const store = await openedStore(url);
      const heard = nextChange(store);
      await addServer(store, 'before');
      await heard;
      const more = new Promise<void>((resolve) =>
        store.onChange((revision) => {
          if (revision === 2) resolve();
        }),
      );
      await query(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = current_setting('application_name') and pid <> pg_backend_pid()`,
      );
      const child = start('add-server', url, 'after');
      expect(await child.next()).toBe('revision 2');
      await more;
      expect(await store.servers.list()).toHaveLength(2);
    });

  it('hears no more after unsubscribing', async () => {
    const store = await freshStore(database);
    const heard: number[] = [];
    const stop = store.onChange((revision) => heard.push(revision));
    stop();
    const change = nextChange(store);
    await addServer(store);
    await change;
    expect(heard).toEqual([]);
  });
});

await onEveryDatabase('waiting for every node', (database) => {
  it('waits for the nodes that are behind, and for no others', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    expect(await store.nodes.confirmed(5, 0)).toBe(true);
    await store.nodes.announce({ id: 'a', appliedRevision: 5, at: START });
    await store.nodes.announce({ id: 'b', appliedRevision: 4, at: START });
    expect(await store.nodes.confirmed(5, 30)).toBe(false);
    const confirmed = store.nodes.confirmed(5, 10_000);
    await store.nodes.announce({ id: 'b', appliedRevision: 6, at: START });
    expect(await confirmed).toBe(true);
    expect(await store.nodes.confirmed(6, 0)).toBe(false);
    await store.nodes.remove('a');
    expect(await store.nodes.confirmed(6, 0)).toBe(true);
    expect(await store.nodes.confirmed(7, 0)).toBe(false);
    clock.advance(10_000);
    expect(await store.nodes.confirmed(7, 0)).toBe(true);
  });

  it('names those of one kind, also when they were not heard of for long', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    for (const id of ['counters b', 'a', 'counters a'])
      await store.nodes.announce({ id, appliedRevision: Number.MAX_SAFE_INTEGER, at: START });
    clock.advance(86_400_000);
    expect(await store.nodes.ids('counters ')).toEqual(['counters a', 'counters b']);
    await store.nodes.remove('counters a');
    expect(await store.nodes.ids('counters ')).toEqual(['counters b']);
    expect(await store.nodes.confirmed(7, 0)).toBe(true);
  });
});

describe('a database that cannot be read for a while', () => {
  it('delays the news, and loses none', async () => {
    let failures = 3;
    const read = async (): Promise<number> => {
      if (failures-- > 0) throw new Error('away');
      return 7;
    };
    const feed = new ChangeFeed(6, read, () => () => {});
    expect(await new Promise((resolve) => feed.subscribe(resolve))).toBe(7);
    feed.close();
  });
});
