import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PortcullisError } from '../../errors.ts';
import { newId } from '../../store/index.ts';
import type { Installation } from '../installation.ts';
import { applyFile } from '../testing/apply-file.ts';
import { openBench, type Bench } from '../testing/run.ts';

let bench: Bench;
let installation: Installation;
beforeEach(async () => {
  bench = await openBench();
  installation = await bench.open();
});
afterEach(async () => {
  await installation.store.close();
  await bench.close();
});

const withGrant = (members: object) => ({
  servers: [{ name: 'orgo', url: 'https://example.com/mcp' }],
  policies: [{ name: 'p', server: 'orgo', document: { version: '1', default: 'deny' } }],
  grants: [{ label: 'alice', server: 'orgo', policy: 'p', ...members }],
});
const apply = (members: object) => applyFile(bench, installation, withGrant(members));
const grant = async () => (await installation.store.grants.list())[0]!;

async function join(name: string, role: 'admin' | 'viewer' = 'viewer'): Promise<string> {
  const { store, registry } = installation;
  const id = newId(Date.now());
  const database = store.accounts.database as {
    insertInto(table: string): { values(row: object): { execute(): Promise<unknown> } };
  };
  const email = `${name}@example.com`;
  await database
    .insertInto('users')
    .values({ id, name, email, emailVerified: 1, createdAt: '', updatedAt: '' })
    .execute();
  await store.accounts.members.put({
    id,
    organizationId: registry.organization,
    userId: id,
    role,
  });
  return id;
}

it('has what a grant of the API has, and nothing to do when nothing changed', async () => {
  const all = {
    tags: ['ci'],
    owner: 'the build team',
    allowedAddresses: ['192.0.2.0/24', '2001:db8::1'],
    expiresAt: '2027-01-31T00:00:00Z',
  };
  await apply(all);
  expect(await grant()).toMatchObject({ ...all, expiresAt: Date.parse(all.expiresAt) });
  expect(await apply(all)).toEqual([]);
  expect(await apply({ ...all, allowedAddresses: ['192.0.2.1'] })).toEqual([
    '~ grant orgo/alice (allowedAddresses)',
  ]);
  expect(await apply({})).toEqual(['~ grant orgo/alice (tags, owner, allowedAddresses, expiresAt)']);
  expect(await grant()).toMatchObject({ tags: [], owner: null, allowedAddresses: [], expiresAt: null });
});

it('may stay in the file after its end', async () => {
  await apply({ expiresAt: '2020-01-31T00:00:00Z' });
  expect((await grant()).expiresAt).toBe(Date.parse('2020-01-31T00:00:00Z'));
});

it('names the member of a wrong value', async () => {
  const wrong = { allowedAddresses: ['192.0.2.0/240'], owner: 'a\nb', tags: 'ci', expiresAt: 'soon' };
  for (const [name, value] of Object.entries(wrong)) {
    const refused = (await apply({ [name]: value }).catch((error: unknown) => error)) as PortcullisError;
    expect(refused.code).toBe('PC_CONFIG_INVALID');
    expect(refused.problems[0]?.pointer).toMatch(new RegExp(`^/grants/0/${name}(?:/0)?$`));
  }
});

it('belongs to a member, by address or id, from when they are one', async () => {
  expect((await apply({ ownerId: 'alice@example.com' })).at(-1)).toContain('is no member');
  expect((await grant()).ownerId).toBeNull();
  await join('ada', 'admin');
  const alice = await join('alice');
  expect(await apply({ ownerId: 'Alice@example.com' })).toEqual(['~ grant orgo/alice (ownerId)']);
  expect((await grant()).ownerId).toBe(alice);
  expect(await apply({ ownerId: alice })).toEqual([]);
  await installation.store.accounts.members.remove(installation.registry.organization, alice);
  expect((await apply({ ownerId: 'alice@example.com' })).join()).toContain('is no member');
});

it('does not change hands', async () => {
  const alice = await join('alice');
  await join('bob');
  await apply({ ownerId: 'alice@example.com' });
  await expect(apply({ ownerId: 'bob@example.com' })).rejects.toMatchObject({
    problems: [{ pointer: '/grants/0/ownerId' }],
  });
  expect(await apply({})).toEqual([]);
  expect((await grant()).ownerId).toBe(alice);
});
