import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

interface Policy {
  readonly id: string;
  readonly version: number;
  readonly document: Record<string, unknown>;
}

let api: OpenApi;
let server = '';
beforeAll(async () => {
  api = await openApi();
  server = (
    await api.call<{ id: string }>('POST', '/servers', { name: 'orgo', url: 'https://example.com/mcp' })
  ).body.id;
});
afterAll(() => api.close());

const DENY = { version: '1', default: 'deny' };

it('stores a policy in its canonical form, and says what it changed', async () => {
  const document = {
    version: '1',
    default: 'deny',
    tools: { exec: { rate_limit: { max: 10, window: 60 } } },
  };
  const created = await api.call<Policy & { notes: unknown[] }>('POST', `/servers/${server}/policies`, {
    name: 'rates',
    document,
  });
  expect(created.status).toBe(201);
  expect(created.headers.location).toBe(`/api/v1/policies/${created.body.id}`);
  expect(JSON.stringify(created.body.document)).toContain('exec_rate');
  expect(created.body.notes.length).toBeGreaterThan(0);
  expect((await api.call('GET', `/policies/${created.body.id}`)).body).toMatchObject({
    name: 'rates',
    version: 1,
  });
});

it('takes YAML, and keeps it as it was written', async () => {
  const document = '# why\nversion: "1"\ndefault: deny\n';
  const { body } = await api.call<Policy>('POST', `/servers/${server}/policies`, {
    name: 'yaml',
    document,
    note: 'first',
  });
  const versions = await api.call<{ items: { written: string; note: string }[] }>(
    'GET',
    `/policies/${body.id}/versions`,
  );
  expect(versions.body.items).toMatchObject([
    { version: 1, written: document, note: 'first', author: 'PORTCULLIS_ADMIN_KEY' },
  ]);
});

it('stores nothing of what is not valid, and says where', async () => {
  const document = { version: '1', default: 'deny', tools: { a: { requier: [] } } };
  const answer = await api.call<{ code: string; errors: { pointer: string }[] }>(
    'POST',
    `/servers/${server}/policies`,
    { name: 'bad', document },
  );
  expect(answer).toMatchObject({ status: 422, body: { code: 'PC_POLICY_INVALID' } });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body.errors[0]?.pointer).toContain('/tools/a');
  const names = (await api.store.policies.list()).map(({ name }) => name);
  expect(names).not.toContain('bad');
});

it('saves versions, refuses stale ones, and goes back', async () => {
  const { body } = await api.call<Policy>('POST', `/servers/${server}/policies`, {
    name: 'history',
    document: DENY,
  });
  const path = `/policies/${body.id}`;
  const second = await api.call(
    'PUT',
    path,
    { document: { version: '1', default: 'allow' } },
    { 'if-match': '"1"' },
  );
  expect(second).toMatchObject({ status: 200, body: { version: 2 }, headers: { etag: '"2"' } });
  expect((await api.call('PUT', path, { document: DENY }, { 'if-match': '"1"' })).status).toBe(412);
  expect((await api.call('PUT', path, { document: { version: '1' } })).status).toBe(422);
  const back = await api.call<Policy>('POST', `${path}/rollback`, { version: 1 });
  expect(back.body).toMatchObject({ version: 3, document: DENY });
  expect((await api.call('POST', `${path}/rollback`, { version: 9 })).status).toBe(422);
  const versions = await api.call<{ items: { version: number }[] }>('GET', `${path}/versions?limit=2`);
  expect(versions.body.items.map(({ version }) => version)).toEqual([3, 2]);
  expect((await api.call('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
  expect((await api.call('DELETE', path)).status).toBe(204);
});

it('refuses a name that is taken, and servers that are not there', async () => {
  await api.call('POST', `/servers/${server}/policies`, { name: 'taken', document: DENY });
  expect(
    (await api.call('POST', `/servers/${server}/policies`, { name: 'taken', document: DENY })).status,
  ).toBe(409);
  expect((await api.call('POST', '/servers/none/policies', { name: 'a', document: DENY })).status).toBe(404);
});

it('checks a policy without storing it', async () => {
  const before = (await api.store.policies.list()).length;
  expect((await api.call('POST', '/policies/validate', { document: DENY })).body).toMatchObject({
    valid: true,
    document: DENY,
    errors: [],
  });
  const bad = await api.call<{ errors: { line: number }[] }>('POST', '/policies/validate', {
    document: '{"version":"1",\n"default":"maybe"}',
  });
  expect(bad.body).toMatchObject({ valid: false });
  expect(bad.body.errors[0]?.line).toBe(2);
  expect((await api.store.policies.list()).length).toBe(before);
});
