import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { GrantFilter } from './page-types.ts';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { fillGrants, orderedId } from './testing/fill-grants.ts';
import { addPolicy, addServer, grantSample, START, steppedClock } from './testing/samples.ts';
import type { Db } from './schema.ts';
import type { GrantRow, Store } from './types.ts';

const DAY = 86_400_000;
const ORGANIZATION = 'org-1';
/** More than one window of what one statement looks at. */
const MANY = { sqlite: 4_500, postgres: 9_000 };

async function listed(
  store: Store,
  filter: Partial<GrantFilter>,
  after?: string,
  order: 'asc' | 'desc' = 'desc',
): Promise<string[]> {
  const ids: string[] = [];
  const range = { order, after, take: 51 };
  for await (const rows of store.grants.fitting({ organization: ORGANIZATION, ...filter }, range))
    ids.push(...rows.map(({ id }) => id));
  return ids;
}

await onEveryDatabase('pages of grants', (database) => {
  it('come newest first, complete and without duplicates, while grants are added and revoked', async () => {
    const store = await freshStore(database);
    const { id: serverId } = await addServer(store);
    await fillGrants(store, serverId, 300);
    const standing = Array.from({ length: 300 }, (_, place) => orderedId(place)).toReversed();
    const seen: string[] = [];
    let next = 300;
    for await (const rows of store.grants.fitting(
      { organization: ORGANIZATION },
      { order: 'desc', take: 40 },
    )) {
      seen.push(...rows.map(({ id }) => id));
      // Newer than what was shown, and one that was shown: neither moves what is still to come.
      await store.grants.insert({ ...grantSample(serverId, `late-${next}`), id: orderedId(next++) });
      await store.grants.update(seen.at(-1)!, { revokedAt: START });
      await store.grants.remove(seen.at(-2)!);
    }
    expect(seen).toEqual(standing);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('find those of a state, a policy and a server, first or further', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
    const [careful, open] = [await addPolicy(store, files.id), await addPolicy(store, mail.id, 'open')];
    const add = async (place: number, more: Partial<GrantRow>): Promise<string> => {
      const row = { ...grantSample(files.id, `hash-${place}`), expiresAt: null, policyId: null };
      const { id } = await store.grants.insert({ ...row, ...more, id: orderedId(place) });
      return id;
    };
    const plain = await add(0, { policyId: careful.id });
    const revoked = await add(1, {});
    await store.grants.update(revoked, { revokedAt: clock() });
    const ending = await add(2, { expiresAt: clock() + 3 * DAY });
    const later = await add(3, { expiresAt: clock() + 30 * DAY });
    const expired = await add(4, { expiresAt: clock() - 1 });
    const shared = await add(5, { further: [{ serverId: mail.id, policyId: open.id }] });
    const elsewhere = await add(6, { serverId: mail.id });

    expect(await listed(store, { state: 'active' })).toEqual([elsewhere, shared, later, ending, plain]);
    expect(await listed(store, { state: 'ending' })).toEqual([ending]);
    expect(await listed(store, { state: 'expired' })).toEqual([expired]);
    expect(await listed(store, { state: 'revoked' })).toEqual([revoked]);
    expect(await listed(store, { serverId: mail.id })).toEqual([elsewhere, shared]);
    expect(await listed(store, { serverId: files.id })).not.toContain(elsewhere);
    expect(await listed(store, { policyId: careful.id })).toEqual([plain]);
    expect(await listed(store, { policyId: open.id })).toEqual([shared]);
    expect(await listed(store, { policyId: open.id, serverId: files.id })).toEqual([]);
    expect(await listed(store, { policyId: null, serverId: mail.id })).toEqual([elsewhere, shared]);
    expect(await listed(store, { organization: 'org-2' })).toEqual([]);
    expect(await listed(store, {}, ending)).toEqual([revoked, plain]);
  });

  it('find words in labels, owners, tags and names of servers, in whatever case and with whatever signs', async () => {
    const store = await freshStore(database);
    const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
    const add = (place: number, more: Partial<GrantRow>) =>
      store.grants.insert({ ...grantSample(files.id, `hash-${place}`), ...more, id: orderedId(place) });
    await add(0, { label: 'Zoë’s LAPTOP', owner: null, tags: [] });
    await add(1, { label: 'b', owner: '100%_sure', tags: ['say "hi" \\ there'] });
    await add(2, { label: 'ÄRGER', owner: 'Bo', tags: ['Δelta'] });
    await add(3, { label: 'd', owner: 'Bo', tags: [], serverId: mail.id });
    const found = (words: string, servers: readonly string[] = []) =>
      listed(store, { text: { words, servers: new Set(servers) } });
    expect(await found('laptop')).toEqual([orderedId(0)]);
    expect(await found('ZOË’S lap')).toEqual([orderedId(0)]);
    expect(await found('100%_S')).toEqual([orderedId(1)]);
    expect(await found('0_')).toEqual([]);
    expect(await found('"HI" \\')).toEqual([orderedId(1)]);
    expect(await found('ärger')).toEqual([orderedId(2)]);
    expect(await found('δ')).toEqual([orderedId(2)]);
    expect(await found('bo')).toEqual([orderedId(3), orderedId(2)]);
    expect(await found('mail', [mail.id])).toEqual([orderedId(3)]);
    expect(await found("' or 1=1 --")).toEqual([]);
  });

  it('go over more than one window, of the whole and of a server', async () => {
    const many = MANY[database.name];
    const store = await freshStore(database);
    const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
    await fillGrants(store, files.id, many);
    await store.grants.update(orderedId(1), { label: 'needle' });
    const db = store.accounts.database as Db;
    // Every third one reaches the other server too.
    await sql`insert into grant_servers (grant_id, server_id, policy_id, place)
      select id, ${mail.id}, null, 0 from grants where cast(substr(id, 6) as integer) % 3 = 0`.execute(db);
    const text = { words: 'needle', servers: new Set<string>() };
    expect(await listed(store, { text })).toEqual([orderedId(1)]);
    const all = Array.from({ length: many }, (_, place) => orderedId(place)).toReversed();
    expect(await listed(store, { serverId: files.id })).toEqual(all);
    const third = all.filter((id) => Number(id.slice(5)) % 3 === 0);
    expect(await listed(store, { serverId: mail.id })).toEqual(third);
    expect(await listed(store, { serverId: mail.id }, undefined, 'asc')).toEqual(third.toReversed());
    expect(await listed(store, {}, undefined, 'asc')).toEqual(all.toReversed());
  });

  it('are counted by server and policy, each where it stands', async () => {
    const clock = steppedClock();
    const store = await freshStore(database, clock);
    const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
    const careful = await addPolicy(store, files.id);
    const add = (place: number, more: Partial<GrantRow>) =>
      store.grants.insert({
        ...grantSample(files.id, `hash-${place}`),
        expiresAt: null,
        policyId: careful.id,
        ...more,
        id: orderedId(place),
      });
    await add(0, {});
    await add(1, { expiresAt: clock() + DAY });
    await add(2, { expiresAt: clock() - DAY });
    await add(3, { policyId: null, further: [{ serverId: mail.id, policyId: null }] });
    await store.grants.update(orderedId(0), { revokedAt: clock() });
    const counts = async (hidden: readonly string[]) =>
      (await store.grants.counts(hidden))
        .map(({ serverId, policyId, first, total, active, ending }) => ({
          serverId,
          policyId,
          first,
          total,
          active,
          ending,
        }))
        .toSorted((a, b) => b.total - a.total || Number(b.first) - Number(a.first));
    const under = { serverId: files.id, policyId: careful.id, first: true, total: 3, active: 1, ending: 1 };
    const bare = { serverId: files.id, policyId: null, first: true, total: 1, active: 1, ending: 0 };
    expect(await counts([])).toEqual([under, bare, { ...bare, serverId: mail.id, first: false }]);
    expect(await counts([mail.id])).toEqual([under]);
  });
});
