import { describe, expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { addGrant, addPolicy, addServer, grantSample, START, steppedClock } from './testing/samples.ts';

const missing = (what: string): object => ({ code: 'PC_API_NOT_FOUND', parameters: { what } });

await onEveryDatabase('credentials', (database) => {
  describe('grants', () => {
    it('of a file are its own, and those whose tokens it names', async () => {
      const clock = steppedClock();
      const store = await freshStore(database, clock);
      const { id: serverId } = await addServer(store);
      const own = await store.grants.insert({ ...grantSample(serverId, 'own'), source: 'config' });
      clock.advance(1);
      const held = await store.grants.insert(grantSample(serverId, 'held'));
      clock.advance(1);
      const rotated = await store.grants.insert(grantSample(serverId, 'before'));
      await store.grants.rotate(rotated.id, { tokenHash: 'after', sealedToken: '' }, START + 60_000);
      await store.grants.insert(grantSample(serverId, 'other'));
      const ids = async (hashes: readonly string[]) =>
        (await store.grants.ofFile(hashes)).map(({ id }) => id);
      expect(await ids([])).toEqual([own.id]);
      expect(await ids(['own', 'none'])).toEqual([own.id]);
      expect(await ids(['held', 'before'])).toEqual([own.id, held.id, rotated.id]);
      const many = Array.from({ length: 1_200 }, (_, index) => `h${index}`);
      expect(await ids([...many, 'held'])).toEqual([own.id, held.id]);
    });

    it('come back as they were given, and change where the patch says so', async () => {
      const clock = steppedClock();
      const store = await freshStore(database, clock);
      const { id: serverId } = await addServer(store);
      const policy = await addPolicy(store, serverId);
      const grant = await addGrant(store, serverId);
      expect(grant).toEqual({
        ...grantSample(serverId, 'hash-1'),
        ownerId: null,
        further: [],
        id: grant.id,
        revokedAt: null,
        createdAt: START,
        updatedAt: START,
      });
      clock.advance(5);
      const limits = { owner: null, allowedAddresses: [] };
      const patch = { label: 'desk', tags: [], ...limits, policyId: policy.id, expiresAt: 9, revokedAt: 7 };
      expect(await store.grants.update(grant.id, patch)).toEqual({
        ...grant,
        ...patch,
        updatedAt: START + 5,
      });
      expect(await store.grants.update(grant.id, { policyId: null })).toMatchObject({
        label: 'desk',
        policyId: null,
      });
      expect(await store.grants.list(serverId)).toHaveLength(1);
      expect(await store.grants.list('other')).toEqual([]);
      await store.grants.remove(grant.id);
      expect(await store.grants.get(grant.id)).toBeUndefined();
      await expect(store.grants.update(grant.id, {})).rejects.toMatchObject(missing('grant'));
      await expect(store.grants.remove(grant.id)).rejects.toMatchObject(missing('grant'));
    });

    it('never carry a policy of another server', async () => {
      const store = await freshStore(database);
      const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
      const policyId = (await addPolicy(store, mail.id)).id;
      const foreign = { code: 'PC_API_INVALID', problems: [{ pointer: '/policyId' }] };
      await expect(store.grants.insert({ ...grantSample(files.id, 'h'), policyId })).rejects.toMatchObject(
        foreign,
      );
      const grant = await addGrant(store, files.id);
      await expect(store.grants.update(grant.id, { policyId })).rejects.toMatchObject(foreign);
      await expect(store.grants.update(grant.id, { policyId: 'none' })).rejects.toMatchObject(
        missing('policy'),
      );
      await expect(addGrant(store, 'none')).rejects.toMatchObject(missing('server'));
    });

    it('keep the token from before a rotation until its time is over', async () => {
      const clock = steppedClock();
      const store = await freshStore(database, clock);
      const grant = await addGrant(store, (await addServer(store)).id, 'first');
      const rotated = await store.grants.rotate(
        grant.id,
        { tokenHash: 'second', sealedToken: 's2' },
        START + 10,
      );
      expect(rotated).toMatchObject({ tokenHash: 'second', sealedToken: 's2' });
      expect(await store.grants.retired()).toEqual([
        { tokenHash: 'first', grantId: grant.id, validUntil: START + 10 },
      ]);
      clock.advance(10);
      expect(await store.grants.retired()).toEqual([]);
      await store.grants.rotate(grant.id, { tokenHash: 'third', sealedToken: 's3' }, START + 10);
      expect(await store.grants.retired()).toEqual([]);
    });

    it('do not expire a token that comes back by rotation', async () => {
      const store = await freshStore(database, () => START);
      const grant = await addGrant(store, (await addServer(store)).id, 'first');
      await store.grants.rotate(grant.id, { tokenHash: 'second', sealedToken: 's' }, START + 10);
      await store.grants.rotate(grant.id, { tokenHash: 'first', sealedToken: 's' }, START + 10);
      await store.grants.rotate(grant.id, { tokenHash: 'first', sealedToken: 's' }, START + 10);
      expect((await store.grants.retired()).map(({ tokenHash }) => tokenHash)).toEqual(['second']);
    });

    it('never share a token, not even a retired one', async () => {
      const store = await freshStore(database, () => START);
      const { id: serverId } = await addServer(store);
      const grant = await addGrant(store, serverId, 'first');
      await expect(addGrant(store, serverId, 'first')).rejects.toMatchObject({ code: 'PC_API_CONFLICT' });
      await store.grants.rotate(grant.id, { tokenHash: 'second', sealedToken: 's' }, START + 10);
      await expect(addGrant(store, serverId, 'first')).rejects.toMatchObject({ code: 'PC_API_CONFLICT' });
      expect(await store.grants.retired()).toHaveLength(1);
    });
  });

  it('keeps API keys', async () => {
    const store = await freshStore(database, () => START);
    const given = {
      id: 'k',
      organizationId: 'org-1',
      label: 'ci',
      role: 'admin' as const,
      keyHash: 'h',
      expiresAt: 9,
    };
    const row = await store.apiKeys.insert(given);
    expect(row).toEqual({ ...given, lastUsedAt: null, createdAt: START });
    await store.apiKeys.touch('k', START + 1);
    expect(await store.apiKeys.list()).toEqual([{ ...row, lastUsedAt: START + 1 }]);
    await expect(store.apiKeys.insert({ ...given, id: 'k2' })).rejects.toMatchObject({
      code: 'PC_API_CONFLICT',
    });
    await store.apiKeys.remove('k');
    await expect(store.apiKeys.touch('k', 1)).rejects.toMatchObject(missing('API key'));
    await expect(store.apiKeys.remove('k')).rejects.toMatchObject(missing('API key'));
  });
});
