import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashToken, isWellFormedToken } from '../store/index.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

interface Grant {
  readonly id: string;
  readonly token: string;
  readonly policyId: string | null;
}

let api: OpenApi;
let server = '';
let policy = '';
beforeAll(async () => {
  api = await openApi();
  server = (
    await api.call<{ id: string }>('POST', '/servers', { name: 'orgo', url: 'https://example.com/mcp' })
  ).body.id;
  policy = (
    await api.call<{ id: string }>('POST', `/servers/${server}/policies`, {
      name: 'p',
      document: { version: '1', default: 'deny' },
    })
  ).body.id;
});
afterAll(() => api.close());

const mint = (body: object) => api.call<Grant>('POST', `/servers/${server}/grants`, body);

it('shows the token when it is minted, rotated or revealed, and nowhere else', async () => {
  const { status, body, headers } = await mint({
    label: 'alice',
    policyId: policy,
    tags: ['team:a'],
    expiresAt: '2030-01-01T00:00:00Z',
  });
  expect(status).toBe(201);
  expect(headers.location).toBe(`/api/v1/grants/${body.id}`);
  expect(isWellFormedToken(body.token)).toBe(true);
  expect(body).toMatchObject({
    label: 'alice',
    policyId: policy,
    tags: ['team:a'],
    expiresAt: '2030-01-01T00:00:00.000Z',
  });
  const row = await api.store.grants.get(body.id);
  expect(row?.tokenHash).toBe(hashToken(body.token));
  expect(JSON.stringify(row)).not.toContain(body.token);
  const elsewhere = [
    await api.call('GET', `/grants/${body.id}`),
    await api.call('GET', `/servers/${server}/grants`),
    await api.call('GET', '/events'),
  ];
  for (const { text } of elsewhere) expect(text).not.toContain(body.token);
  expect((await api.call<Grant>('POST', `/grants/${body.id}/reveal`)).body.token).toBe(body.token);
  expect((await api.call('GET', '/events?limit=1')).text).toContain('grant.reveal');
});

it('keeps the old token for as long as was asked', async () => {
  const { body } = await mint({ label: 'rotated' });
  const rotated = await api.call<Grant>('POST', `/grants/${body.id}/rotate`, { overlapSeconds: 60 });
  expect(rotated.body.token).not.toBe(body.token);
  const retired = (await api.store.grants.retired()).find(({ grantId }) => grantId === body.id);
  expect(retired?.tokenHash).toBe(hashToken(body.token));
  await api.call('POST', `/grants/${body.id}/rotate`);
  const hashes = (await api.store.grants.retired()).map(({ tokenHash }) => tokenHash);
  expect(hashes).not.toContain(hashToken(rotated.body.token));
  expect((await api.call('POST', `/grants/${body.id}/rotate`, { overlapSeconds: -1 })).status).toBe(422);
});

it('revokes for good', async () => {
  const { body } = await mint({ label: 'gone' });
  expect((await api.call('DELETE', `/grants/${body.id}`)).status).toBe(204);
  expect((await api.call('DELETE', `/grants/${body.id}`)).status).toBe(204);
  expect((await api.call<{ revokedAt: string }>('GET', `/grants/${body.id}`)).body.revokedAt).toMatch(/^20/);
  expect((await api.call('POST', `/grants/${body.id}/rotate`)).status).toBe(409);
  expect((await api.call('POST', `/grants/${body.id}/reveal`)).status).toBe(409);
});

it('attaches and detaches policies of the same server only', async () => {
  const { body } = await mint({ label: 'attach' });
  expect((await api.call<Grant>('PATCH', `/grants/${body.id}`, { policyId: policy })).body.policyId).toBe(
    policy,
  );
  expect((await api.call<Grant>('PATCH', `/grants/${body.id}`, { policyId: null })).body.policyId).toBeNull();
  const other = (
    await api.call<{ id: string }>('POST', '/servers', { name: 'other', url: 'https://example.com' })
  ).body.id;
  const foreign = (
    await api.call<{ id: string }>('POST', `/servers/${other}/policies`, {
      name: 'p',
      document: { version: '1', default: 'deny' },
    })
  ).body.id;
  expect((await api.call('PATCH', `/grants/${body.id}`, { policyId: foreign })).status).toBe(422);
  expect((await mint({ label: 'foreign', policyId: foreign })).status).toBe(422);
});

it('refuses what is not a grant', async () => {
  for (const body of [
    {},
    { label: '' },
    { label: 'a', token: 'x'.repeat(20) },
    { label: 'a', expiresAt: 'soon' },
    { label: 'a', expiresAt: '2020-01-31T00:00:00Z' },
    { label: 'a', expiresAt: 0 },
    { label: 'a', expiresAt: 8_640_000_000_000_001 },
    { label: 'a', tags: 'x' },
  ])
    expect((await mint(body)).status).toBe(422);
});

it('lists the grants that reach a server, page by page and each once', async () => {
  const [first, second] = await Promise.all(
    ['mail', 'files'].map(async (name) => {
      const { body } = await api.call<{ id: string }>('POST', '/servers', {
        name,
        url: 'https://example.com/mcp',
      });
      return body.id;
    }),
  );
  const minted: string[] = [];
  for (let place = 0; place < 7; place += 1)
    minted.push(
      (await api.call<Grant>('POST', `/servers/${first}/grants`, { label: `own ${place}` })).body.id,
    );
  const shared = {
    label: 'shared',
    servers: [{ server: second }, { server: first }],
  };
  const made = await api.call<Grant>('POST', '/grants', shared);
  expect(made.status).toBe(201);
  minted.push(made.body.id);
  const listed: string[] = [];
  let cursor = '';
  do {
    const path = `/servers/${first}/grants?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { body } = await api.call<{ items: Grant[]; nextCursor: string | null }>('GET', path);
    expect(body.items.length).toBeLessThanOrEqual(3);
    listed.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor ?? '';
  } while (cursor !== '');
  expect(listed).toEqual(minted.toSorted());
  expect((await api.call('GET', `/servers/${first}/grants?cursor=x`)).status).toBe(422);
});
