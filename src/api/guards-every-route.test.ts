import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintApiKey, ROLES, scoped, type Role } from '../registry/index.ts';
import { ROUTES } from './routes/index.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

const OTHER = 'other-organization';
const DENY = { version: '1', default: 'deny' };

/** A body that each route takes, so that an answer is about the caller and not about the body. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /servers/{id}': { name: 'taken over' },
  'PATCH /servers/{id}/tools/{tool}': { classOverride: 'Read' },
  'PUT /servers/{id}/members': { members: null },
  'POST /servers/{id}/policies': { name: 'p2', document: DENY },
  'PUT /policies/{id}': { document: DENY },
  'POST /policies/{id}/rollback': { version: 1 },
  'POST /servers/{id}/grants': { label: 'g2' },
  'PATCH /grants/{id}': { policyId: null },
  'POST /grants': { label: 'g3', servers: [{ server: 'ours' }] },
  'PATCH /members/{id}': { role: 'viewer' },
  'PUT /servers/{id}/approval-settings': { role: 'viewer', approvers: [], people: 1 },
  'POST /approvals/{id}/approve': {},
  'POST /approvals/{id}/deny': { reason: 'No.' },
  'PATCH /alerts/{id}': { name: 'taken over' },
};

let api: OpenApi;
const keys = new Map<Role, string>();
let strangersKey: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await openApi();
  for (const role of ROLES) keys.set(role, await api.keyFor(role));
  const actor = { name: 'test', source: 'cli' } as const;
  const other = scoped(api.registry, OTHER);
  strangersKey = (await mintApiKey(other, actor, { label: 'stranger', role: 'admin' })).key;
  const created = async (path: string, body: object): Promise<string> =>
    (await api.call<{ id: string }>('POST', path, body)).body.id;
  ids['servers'] = await created('/servers', { name: 'ours', url: 'https://example.com' });
  ids['policies'] = await created(`/servers/${ids['servers']}/policies`, { name: 'p', document: DENY });
  ids['grants'] = await created(`/servers/${ids['servers']}/grants`, { label: 'g' });
  ids['api-keys'] = await created('/api-keys', { label: 'k', role: 'viewer' });
  ids['invitations'] = await created('/invitations', { email: 'a@example.com', role: 'viewer' });
  ids['members'] = await member();
});
afterAll(() => api.close());

async function member(): Promise<string> {
  const { members } = api.store.accounts;
  const { organization } = api.registry;
  const database = api.store.accounts.database as { insertInto(table: string): Insert };
  await database
    .insertInto('users')
    .values({ id: 'u', name: 'U', email: 'u@example.com', emailVerified: 1, createdAt: '', updatedAt: '' })
    .execute();
  await members.put({ id: 'm', organizationId: organization, userId: 'u', role: 'admin' });
  return 'm';
}

interface Insert {
  values(row: object): { execute(): Promise<unknown> };
}

const guarded = ROUTES.filter(({ role }) => role !== 'anyone');
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const named = (path: string) => path.replace(/\{\w+\}/g, 'none');

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  it('asks the signed-out to sign in', async () => {
    const answer = await api.call(route.method, named(route.path), undefined, { authorization: '' });
    expect([answer.status, answer.body['code']]).toEqual([401, 'PC_API_UNAUTHORIZED']);
  });

  // A stream does not end by itself.
  if (route.streams === true) return;

  it.each(ROLES)(
    'knows what a %s may',
    async (role) => {
      const least = route.role === 'person' ? 0 : ROLES.indexOf(route.role as Role);
      const { status, body } = await api.call(
        route.method,
        named(route.path),
        undefined,
        bearer(keys.get(role)!),
      );
      if (ROLES.indexOf(role) < least) expect([status, body['code']]).toEqual([403, 'PC_API_FORBIDDEN']);
      else expect(body['code']).not.toBe('PC_API_FORBIDDEN');
    },
    20_000,
  );
});

const ofOrganization = guarded.filter(({ path, streams }) => path.includes('{id}') && streams !== true);

it.each(ofOrganization.map((route) => [`${route.method} ${route.path}`, route] as const))(
  'does not show another organization: %s',
  async (name, route) => {
    const what = route.path.split('/')[1]!;
    const id = ids[what] ?? 'none';
    const path = route.path.replace('{id}', id).replace('{tool}', 'a');
    if (route.body !== undefined && !route.body.safeParse(undefined).success)
      expect(BODIES, 'a body for this route').toHaveProperty([name]);
    const { status } = await api.call(route.method, path, BODIES[name], bearer(strangersKey));
    expect([403, 404]).toContain(status);
  },
);

it.each(['/servers', '/api-keys', '/members', '/invitations', '/decisions', '/events'])(
  'lists nothing of another organization: %s',
  async (path) => {
    const { status, text } = await api.call('GET', path, undefined, bearer(strangersKey));
    expect(status).toBe(200);
    for (const id of Object.values(ids)) expect(text).not.toContain(`"${id}"`);
  },
);

const ofInstallation = guarded.filter(({ installation }) => installation === true);

it.each(ofInstallation.map(({ method, path }) => [method, path]))(
  'keeps what concerns the installation from other organizations: %s %s',
  async (method, path) => {
    expect((await api.call(method, path, undefined, bearer(strangersKey))).status).toBe(403);
  },
);

it.each([
  ['/evaluate', { tool: 'a' }],
  ['/policies/explain', { tool: 'a' }],
] as const)('judges nothing of another organization: %s', async (path, body) => {
  for (const foreign of [{ server: ids['servers'] }, { grant: ids['grants'] }]) {
    const { status } = await api.call('POST', path, { ...body, ...foreign }, bearer(strangersKey));
    expect(status).toBe(404);
  }
});

it('hides a server from those who are not named, admins excepted', async () => {
  const server = ids['servers']!;
  const asViewer = (path: string) => api.call('GET', path, undefined, bearer(keys.get('viewer')!));
  const keyId = (
    await api.call<{ items: { id: string; role: string }[] }>('GET', '/api-keys')
  ).body.items.find(({ role }) => role === 'viewer')!.id;
  expect((await asViewer(`/servers/${server}`)).status).toBe(200);
  await api.call('PUT', `/servers/${server}/members`, { members: [] });
  for (const path of [`/servers/${server}`, `/policies/${ids['policies']}`, `/grants/${ids['grants']}`])
    expect((await asViewer(path)).status, path).toBe(404);
  expect((await asViewer('/servers')).body['items']).toEqual([]);
  expect((await api.call('GET', `/servers/${server}`)).status).toBe(200);
  await api.call('PUT', `/servers/${server}/members`, { members: [keyId] });
  expect((await asViewer(`/servers/${server}`)).status).toBe(200);
  const stranger = await api.call('PUT', `/servers/${server}/members`, { members: ['nobody'] });
  expect(stranger.status).toBe(422);
  await api.call('PUT', `/servers/${server}/members`, { members: null });
});
