/** A directory that reads only what changed must say what one says that has just read everything. */
import { randomBytes, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createSecretBox,
  hashToken,
  type GrantRow,
  type PolicyRow,
  type Store,
} from '../../src/store/index.ts';
import { freshStore, onEveryDatabase } from '../../src/store/testing/databases.ts';
import { fillGrants, orderedId } from '../../src/store/testing/fill-grants.ts';
import { addServer, grantSample } from '../../src/store/testing/samples.ts';
import type { Upstream } from '../../src/upstreams/index.ts';
import { PortcullisError } from '../../src/errors.ts';
import { StoredDirectory, type GrantEntry } from '../../src/gateway/directory.ts';

const NOW = Date.now();
const LOGGER = { debug() {}, info() {}, warn() {}, error() {} };

/** How often all grants were read, beside what is asked. */
interface Watched {
  readonly directory: StoredDirectory;
  readonly store: Store;
  wholeReads: number;
}

function directoryOf(store: Store): Watched {
  const watched: { directory?: StoredDirectory; store: Store; wholeReads: number } = { store, wholeReads: 0 };
  const counted: Store = {
    ...store,
    grants: {
      ...store.grants,
      pages() {
        watched.wholeReads += 1;
        return store.grants.pages();
      },
    },
  };
  const connect = () => Promise.resolve({ upstream: {} as Upstream, catalogue: {} as never });
  watched.directory = new StoredDirectory(
    counted,
    createSecretBox(randomBytes(32), []),
    connect,
    LOGGER as never,
    '',
  );
  return watched as Watched;
}

function addPolicy(store: Store, serverId: string): Promise<PolicyRow> {
  const document = { version: '1', default: 'deny' };
  const written = JSON.stringify(document);
  return store.policies.insert({
    id: randomUUID(),
    serverId,
    name: 'closed',
    source: 'api',
    author: '',
    document,
    written,
    note: null,
  });
}

/** What the gateway judges by, of a token. */
function answer(directory: StoredDirectory, token: string): object {
  const facts = (grant: GrantEntry | undefined): unknown =>
    grant && [
      grant.id,
      grant.label,
      grant.serverId,
      grant.policy?.id ?? null,
      grant.policy?.version ?? null,
      grant.expiresAt ?? null,
      [...(grant.servers?.keys() ?? [])],
    ];
  const grant = directory.grantOf(token, NOW);
  return [facts(grant), grant === undefined ? false : directory.stands(grant, NOW)];
}

const TOKENS = Array.from({ length: 12 }, (_, index) => `token-${index}`);
const kinds = [
  'mint',
  'revoke',
  'rotate',
  'rename',
  'attach',
  'detach',
  'widen',
  'narrow',
  'remove',
  'save policy',
  'remove policy',
  'remove server',
] as const;

await onEveryDatabase('a directory', (database) => {
  it('follows grants by what changed, and says what all of them say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(5)), { minLength: 1, maxLength: 12 }),
        async (steps) => {
          const store = await freshStore(database);
          const [files, mail] = [await addServer(store, 'files'), await addServer(store, 'mail')];
          const policy = await addPolicy(store, files.id);
          const followed = directoryOf(store);
          await followed.directory.load();
          const grants: GrantRow[] = [];
          let next = 0;
          for (const [kind, which] of steps) {
            const grant = grants[which % Math.max(1, grants.length)];
            if (grant === undefined || kind === 'mint') {
              if (next >= TOKENS.length) continue;
              const minted = grantSample(files.id, hashToken(TOKENS[next++]!));
              await store.grants
                .insert({ ...minted, policyId: null })
                .then((row) => grants.push(row), isGone);
            } else
              await change(store, grant, kind, {
                mail: mail.id,
                policy: policy.id,
                token: TOKENS[next],
              }).catch(isGone);
            if (kind === 'rotate' && grant !== undefined) next += 1;
            const left = await Promise.all(grants.map(async (one) => (await store.grants.get(one.id)) ?? []));
            grants.splice(0, Infinity, ...left.flat());
            await followed.directory.load();
            const fresh = directoryOf(store);
            await fresh.directory.load();
            for (const token of TOKENS)
              expect(answer(followed.directory, token)).toEqual(answer(fresh.directory, token));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('reads all of them once, whatever is removed and whatever changes of what they are judged by', async () => {
    const store = await freshStore(database);
    const files = await addServer(store, 'files');
    const watched = directoryOf(store);
    const { directory } = watched;
    await directory.load();
    const grant = await store.grants.insert(grantSample(files.id, hashToken('a')));
    await directory.load();
    expect(directory.grantOf('a', NOW)?.id).toBe(grant.id);
    await store.grants.update(grant.id, { revokedAt: 1 });
    await directory.load();
    expect(directory.grantOf('a', NOW)).toBeUndefined();
    expect(watched.wholeReads).toBe(1);
    await store.grants.remove(grant.id);
    await directory.load();
    expect(directory.grantOf('a', NOW)).toBeUndefined();
    const policy = await addPolicy(store, files.id);
    await store.grants.insert({ ...grantSample(files.id, hashToken('b')), policyId: policy.id });
    await directory.load();
    expect(directory.grantOf('b', NOW)?.policy?.id).toBe(policy.id);
    await store.policies.save(policy.id, {
      document: { version: '1', default: 'allow' },
      written: '',
      note: null,
      author: '',
    });
    await directory.load();
    expect(directory.grantOf('b', NOW)?.policy?.version).toBe(2);
    await store.policies.remove(policy.id);
    await directory.load();
    expect(directory.grantOf('b', NOW)?.policy).toBeNull();
    await store.servers.remove(files.id);
    await directory.load();
    expect(directory.grantOf('b', NOW)).toBeUndefined();
    expect(watched.wholeReads).toBe(1);
    // Put there by somebody who does not raise the revision: found with the next change.
    const web = await addServer(store, 'web');
    await directory.load();
    await fillGrants(store, web.id, 2);
    await store.grants.insert(grantSample(web.id, hashToken('c')));
    await directory.load();
    expect(directory.grant(orderedId(1))?.label).toBe('laptop 1');
  });
});

/** The server or the policy that a change is about may have been removed before. */
function isGone(error: unknown): void {
  if (!(error instanceof PortcullisError) || !['PC_API_NOT_FOUND', 'PC_API_INVALID'].includes(error.code))
    throw error;
}

async function change(
  store: Store,
  { id, serverId }: GrantRow,
  kind: Exclude<(typeof kinds)[number], 'mint'>,
  to: { mail: string; policy: string; token: string | undefined },
): Promise<void> {
  const { grants } = store;
  if (kind === 'revoke') await grants.update(id, { revokedAt: NOW });
  else if (kind === 'rename') await grants.update(id, { label: 'another name' });
  else if (kind === 'attach') await grants.update(id, { policyId: to.policy });
  else if (kind === 'detach') await grants.update(id, { policyId: null });
  else if (kind === 'widen') await grants.update(id, { further: [{ serverId: to.mail, policyId: null }] });
  else if (kind === 'narrow') await grants.update(id, { further: [] });
  else if (kind === 'remove') await grants.remove(id);
  else if (kind === 'remove policy') await store.policies.remove(to.policy);
  else if (kind === 'remove server') await store.servers.remove(serverId);
  else if (kind === 'save policy')
    await store.policies.save(to.policy, {
      document: { version: '1', default: 'allow' },
      written: '',
      note: null,
      author: '',
    });
  else if (to.token !== undefined)
    await grants.rotate(id, { tokenHash: hashToken(to.token), sealedToken: '' }, NOW + 3_600_000);
}
