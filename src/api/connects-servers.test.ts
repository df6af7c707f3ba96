import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

const SECRET = 'client-secret-51c0';
const URL = 'https://mcp.example.com/mcp';

function register(name: string, auth: object) {
  return api.call('POST', '/servers', { name, url: URL, auth });
}

it('shows how a server is signed in at, and never the secret', async () => {
  const auth = { type: 'oauth', clientId: 'c', clientSecret: SECRET, scopes: ['a'] };
  const made = await register('one', auth);
  expect(made.status).toBe(201);
  expect(made.body['auth']).toEqual({
    kind: 'oauth',
    status: 'needs-sign-in',
    perUser: false,
    clientId: 'c',
    expiresAt: null,
    scopes: [],
  });
  const events = await api.call('GET', '/events');
  expect(JSON.stringify([made.body, events.body])).not.toContain(SECRET);
  expect(JSON.stringify(await api.store.servers.list())).not.toContain(SECRET);
  const changed = await api.call('PATCH', '/servers/one', { auth: { type: 'none' } });
  expect(changed.body['auth']).toMatchObject({ kind: 'headers', status: null });
  expect((await api.store.servers.get('one'))?.auth).toBeNull();
});

it.each([
  ['a secret without a client', { type: 'oauth', clientSecret: SECRET }, '/auth/clientId'],
  [
    'people who sign in with client credentials',
    { type: 'client_credentials', clientId: 'c', clientSecret: SECRET, perUser: true },
    '/auth',
  ],
  ['a scope with a space', { type: 'oauth', scopes: ['a b'] }, '/auth/scopes/0'],
])('refuses %s and names the field', async (_, auth, pointer) => {
  const answer = await register('four', auth);
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain(pointer);
  expect(JSON.stringify(answer.body)).not.toContain(SECRET);
});

it('an Authorization header that is added beside OAuth is refused', async () => {
  await register('three', { type: 'oauth' });
  const answer = await api.call('PATCH', '/servers/three', { headers: { Authorization: 'Bearer x' } });
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain('/headers/Authorization');
});

it('client credentials need a client', async () => {
  expect((await register('five', { type: 'client_credentials', clientId: 'c' })).status).toBe(422);
});

it('connects for admins only, and only what is set up for it', async () => {
  await register('six', { type: 'none' });
  for (const role of ['viewer', 'policy_manager'] as const) {
    const authorization = `Bearer ${await api.keyFor(role)}`;
    const answer = await api.call('POST', '/servers/six/connect', undefined, { authorization });
    expect(answer.status).toBe(403);
  }
  const answer = await api.call('POST', '/servers/six/connect');
  expect([answer.status, answer.body['detail']]).toEqual([409, 'This server is not set up for OAuth.']);
});

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a b'])(
  'sends no browser to %s',
  async (returnTo) => {
    await register('seven', { type: 'oauth' });
    const answer = await api.call('POST', '/servers/seven/connect', { returnTo });
    expect(answer.status).toBe(422);
  },
);

it('an answer to no sign-in is a page without scripts that says so', async () => {
  const answer = await fetch(`${api.url}/oauth/callback?state=<script>&code=x`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await answer.text()).not.toContain('<script>');
});
