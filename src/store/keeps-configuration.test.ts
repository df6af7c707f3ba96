import { describe, expect, it } from 'vitest';
import { ExactNumber } from '../json.ts';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import {
  addGrant,
  addPolicy,
  addServer,
  grantSample,
  serverSample,
  START,
  steppedClock,
  toolSample,
} from './testing/samples.ts';

const missing = (what: string): object => ({ code: 'PC_API_NOT_FOUND', parameters: { what } });

await onEveryDatabase('configuration', (database) => {
  describe('servers', () => {
    it('come back as they were given, by id and by slug', async () => {
      const store = await freshStore(database, () => START);
      const given = {
        ...serverSample('files'),
        transport: 'stdio' as const,
        url: null,
        command: { argv: ['node', 'a "b"'], cwd: '/srv' },
        sealedSecrets: 'v1.x',
        secretNames: ['API_KEY'],
        auth: { kind: 'oauth' as const, clientId: 'c', scopes: ['a'] },
        caseSensitive: true,
        source: 'config' as const,
      };
      const row = await store.servers.insert(given);
      expect(row).toEqual({ ...given, version: 1, createdAt: START, updatedAt: START });
      expect(await store.servers.get(row.id)).toEqual(row);
      expect(await store.servers.get('files')).toEqual(row);
      expect(await store.servers.get('other')).toBeUndefined();
      expect(await store.servers.list()).toEqual([row]);
    });

    it('cannot pass for another one by a slug that is its id', async () => {
      const store = await freshStore(database);
      const files = await addServer(store);
      await addServer(store, files.id);
      expect(await store.servers.get(files.id)).toEqual(files);
    });

    it('have unique slugs', async () => {
      const store = await freshStore(database);
      await addServer(store, 'files');
      const other = await addServer(store, 'mail');
      const taken = { code: 'PC_API_CONFLICT', message: 'There is a server with this slug already.' };
      await expect(addServer(store, 'files')).rejects.toMatchObject(taken);
      await expect(store.servers.update(other.id, { slug: 'files' })).rejects.toMatchObject(taken);
    });

    it('change only where the patch says so, and only from the expected version', async () => {
      const clock = steppedClock();
      const store = await freshStore(database, clock);
      const before = await addServer(store);
      clock.advance(5);
      const patch = { name: 'Files', caseSensitive: true, command: { argv: ['x'] }, url: null };
      const after = await store.servers.update(before.id, patch, 1);
      expect(after).toEqual({ ...before, ...patch, version: 2, updatedAt: START + 5 });
      await expect(store.servers.update(before.id, { name: 'late' }, 1)).rejects.toMatchObject({
        code: 'PC_API_PRECONDITION',
        parameters: { version: 2 },
      });
      expect((await store.servers.update(before.id, { command: null, secretNames: ['a'] })).version).toBe(3);
      expect(await store.servers.get(before.id)).toMatchObject({
        name: 'Files',
        command: null,
        secretNames: ['a'],
      });
      await expect(store.servers.update('none', {})).rejects.toMatchObject(missing('server'));
    });

    it('lose nothing when two changes expect the same version', async () => {
      const store = await freshStore(database);
      const { id } = await addServer(store);
      const names = Array.from({ length: 8 }, (_, n) => `name-${n}`);
      const results = await Promise.allSettled(names.map((name) => store.servers.update(id, { name }, 1)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.servers.get(id))?.version).toBe(2);
    });

    it('take their policies, grants and tools with them', async () => {
      const store = await freshStore(database);
      const { id } = await addServer(store);
      const policy = await addPolicy(store, id);
      const grant = await addGrant(store, id);
      await store.grants.rotate(grant.id, { tokenHash: 'new', sealedToken: 's' }, Date.now() + 60_000);
      await store.tools.upsert(id, [toolSample('read')], START);
      await store.servers.remove(id);
      expect([await store.policies.list(), await store.grants.list(), await store.tools.list(id)]).toEqual([
        [],
        [],
        [],
      ]);
      expect(await store.policies.versions(policy.id)).toEqual([]);
      expect(await store.grants.retired()).toEqual([]);
      await expect(store.servers.remove(id)).rejects.toMatchObject(missing('server'));
    });
  });

  describe('policies', () => {
    it('keep every version as it was written', async () => {
      const clock = steppedClock();
      const store = await freshStore(database, clock);
      const { id: serverId } = await addServer(store);
      const policy = await addPolicy(store, serverId);
      clock.advance(5);
      const change = {
        document: { version: 1, rules: ['x'] },
        written: '{"a": 1}',
        note: 'stricter',
        author: 'bob',
      };
      const saved = await store.policies.save(policy.id, { ...change, name: 'strict' }, 1);
      expect(saved).toEqual({
        ...policy,
        name: 'strict',
        document: change.document,
        version: 2,
        updatedAt: START + 5,
      });
      expect(await store.policies.get(policy.id)).toEqual(saved);
      expect(await store.policies.list(serverId)).toEqual([saved]);
      expect(await store.policies.list('other')).toEqual([]);
      expect(await store.policies.versions(policy.id)).toEqual([
        { ...change, policyId: policy.id, version: 2, createdAt: START + 5 },
        {
          policyId: policy.id,
          version: 1,
          document: { version: 1 },
          written: '# careful\nversion: 1\n',
          note: null,
          author: 'alice',
          createdAt: START,
        },
      ]);
    });

    it('are saved only from the expected version', async () => {
      const store = await freshStore(database);
      const policy = await addPolicy(store, (await addServer(store)).id);
      const change = { document: {}, written: '', note: null, author: 'bob' };
      await store.policies.save(policy.id, change);
      await expect(store.policies.save(policy.id, change, 1)).rejects.toMatchObject({
        code: 'PC_API_PRECONDITION',
      });
      await expect(store.policies.save('none', change)).rejects.toMatchObject(missing('policy'));
      expect(await store.policies.versions(policy.id)).toHaveLength(2);
    });

    it('have unique names on a server that exists', async () => {
      const store = await freshStore(database);
      const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
      await addPolicy(store, files.id);
      await addPolicy(store, mail.id);
      await expect(addPolicy(store, files.id)).rejects.toMatchObject({
        code: 'PC_API_CONFLICT',
        message: 'The server has a policy with this name already.',
      });
      await expect(addPolicy(store, 'none')).rejects.toMatchObject(missing('server'));
    });

    it('leave their grants without a policy when they are removed', async () => {
      const store = await freshStore(database);
      const { id: serverId } = await addServer(store);
      const policy = await addPolicy(store, serverId);
      const grant = await store.grants.insert({ ...grantSample(serverId, 'h'), policyId: policy.id });
      await store.policies.remove(policy.id);
      expect((await store.grants.get(grant.id))?.policyId).toBeNull();
      await expect(store.policies.remove(policy.id)).rejects.toMatchObject(missing('policy'));
    });

    it('are refused with a number that would come back as another one', async () => {
      const store = await freshStore(database);
      const { id: serverId } = await addServer(store);
      const writing = { written: '', note: null, author: 'alice' };
      const document = { max: new ExactNumber('9007199254740993') };
      await expect(
        store.policies.insert({ id: 'p', serverId, name: 'p', source: 'api', document, ...writing }),
      ).rejects.toMatchObject({ code: 'PC_API_INVALID' });
    });
  });

  describe('tools', () => {
    it('keep what was pinned and overridden when the definition drifts', async () => {
      const store = await freshStore(database);
      const { id } = await addServer(store);
      await store.tools.upsert(id, [toolSample('read'), toolSample('send')], START);
      const overridden = await store.tools.override(id, 'read', 'Destructive');
      expect(overridden).toEqual({
        ...toolSample('read'),
        serverId: id,
        pinnedDigest: 'd1',
        classOverride: 'Destructive',
        firstSeenAt: START,
        lastSeenAt: START,
      });
      await store.tools.upsert(id, [{ ...toolSample('read', 'd2'), class: 'Execute' }], START + 9);
      const drifted = { ...overridden, digest: 'd2', class: 'Execute', lastSeenAt: START + 9 };
      expect((await store.tools.list(id))[0]).toEqual(drifted);
      expect(await store.tools.repin(id, 'read')).toEqual({ ...drifted, pinnedDigest: 'd2' });
      expect((await store.tools.override(id, 'read', null)).classOverride).toBeNull();
      await expect(store.tools.repin(id, 'none')).rejects.toMatchObject(missing('tool'));
      await expect(store.tools.override(id, 'none', null)).rejects.toMatchObject(missing('tool'));
      await expect(store.tools.upsert('none', [], START)).rejects.toMatchObject(missing('server'));
    });

    it('say whose were changed by owners since a revision, and not what was listed', async () => {
      const store = await freshStore(database);
      const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
      for (const { id } of [files, mail]) await store.tools.upsert(id, [toolSample('read')], START);
      const before = await store.revision();
      expect(await store.tools.changedSince(0)).toEqual([]);
      await store.tools.override(files.id, 'read', 'Destructive');
      expect(await store.tools.changedSince(before)).toEqual([files.id]);
      const between = await store.revision();
      await store.tools.upsert(files.id, [toolSample('read', 'd2')], START);
      expect(await store.tools.changedSince(between)).toEqual([]);
      await store.tools.repin(files.id, 'read');
      expect(await store.tools.changedSince(between)).toEqual([files.id]);
    });

    it('are stored by the thousand, the last of a name', async () => {
      const store = await freshStore(database);
      const { id } = await addServer(store);
      const listed = Array.from({ length: 1_000 }, (_, n) => toolSample(`tool-${n}`));
      await store.tools.upsert(id, [...listed, toolSample('tool-7', 'd9')], START);
      const stored = await store.tools.list(id);
      expect(stored).toHaveLength(1_000);
      expect(stored.find(({ name }) => name === 'tool-7')?.digest).toBe('d9');
    });
  });

  it('initialises a setting once', async () => {
    const store = await freshStore(database);
    expect(await store.settings.get('organization')).toBeUndefined();
    const results = await Promise.all(
      ['a', 'b', 'c'].map((value) => store.settings.init('organization', value)),
    );
    expect(new Set(results).size).toBe(1);
    await store.settings.set('organization', 'z');
    expect(await store.settings.init('organization', 'y')).toBe('z');
    expect(await store.settings.get('organization')).toBe('z');
  });
});
