import { describe, expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { addPolicy, addServer, grantSample } from './testing/samples.ts';

await onEveryDatabase('grants for several servers', (database) => {
  async function shared() {
    const store = await freshStore(database);
    const [files, mail, web] = [
      await addServer(store, 'files'),
      await addServer(store, 'mail'),
      await addServer(store, 'web'),
    ];
    const policy = await addPolicy(store, mail.id);
    const further = [
      { serverId: mail.id, policyId: policy.id },
      { serverId: web.id, policyId: null },
    ];
    const grant = await store.grants.insert({ ...grantSample(files.id, 'hash-1'), further });
    return { store, files, mail, web, policy, further, grant };
  }

  it('come back with their servers in order, and in the list of each', async () => {
    const { store, files, mail, web, further, grant } = await shared();
    expect(grant.further).toEqual(further);
    expect(await store.grants.get(grant.id)).toEqual(grant);
    for (const { id } of [files, mail, web]) expect(await store.grants.list(id)).toEqual([grant]);
  });

  describe('change', () => {
    it('all at once, or not at all', async () => {
      const { store, files, mail, policy, grant } = await shared();
      const swapped = {
        serverId: mail.id,
        policyId: policy.id,
        further: [{ serverId: files.id, policyId: null }],
      };
      expect(await store.grants.update(grant.id, swapped)).toMatchObject(swapped);
      const wrong = [{ serverId: files.id, policyId: policy.id }];
      await expect(store.grants.update(grant.id, { label: 'x', further: wrong })).rejects.toMatchObject({
        code: 'PC_API_INVALID',
      });
      expect(await store.grants.get(grant.id)).toMatchObject({ ...swapped, label: grant.label });
    });

    it('leaves the policies of one server to that server', async () => {
      const { store, files, policy } = await shared();
      const further = [{ serverId: files.id, policyId: policy.id }];
      const other = await addServer(store, 'other');
      await expect(
        store.grants.insert({ ...grantSample(other.id, 'hash-2'), further }),
      ).rejects.toMatchObject({ code: 'PC_API_INVALID' });
      expect(await store.grants.list(other.id)).toEqual([]);
    });
  });

  it('lose a policy that is removed, and so deny', async () => {
    const { store, policy, grant } = await shared();
    await store.policies.remove(policy.id);
    expect((await store.grants.get(grant.id))?.further[0]?.policyId).toBeNull();
  });

  it('outlive their first server, and end with their last', async () => {
    const { store, files, mail, web, further, grant } = await shared();
    await store.servers.remove(files.id);
    expect(await store.grants.get(grant.id)).toMatchObject({ ...further[0], further: [further[1]] });
    await store.servers.remove(mail.id);
    expect(await store.grants.get(grant.id)).toMatchObject({ ...further[1], further: [] });
    await store.servers.remove(web.id);
    expect(await store.grants.get(grant.id)).toBeUndefined();
  });
});
