import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, PUBLIC_URL, type OpenApi } from './testing/open-api.ts';

interface Server {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly headerNames: string[];
}
interface Problem {
  readonly code: string;
  readonly errors: { pointer: string; message: string }[];
}

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

const create = (body: object) => api.call<Server>('POST', '/servers', body);
const refused = async (body: object) => {
  const answer = await api.call<Problem>('POST', '/servers', body);
  return [answer.status, answer.body.code, ...answer.body.errors.map(({ pointer }) => pointer)];
};

describe('registering a server', () => {
  it('answers with its address for clients, and keeps secrets to itself', async () => {
    const headers = { 'X-Api-Key': 'very-secret-value' };
    const created = await create({
      name: 'Örgo Exec',
      url: 'https://example.com/mcp',
      headers,
      auth: { type: 'bearer', token: 'also-secret' },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'Örgo Exec',
      slug: 'orgo-exec',
      gatewayUrl: `${PUBLIC_URL}/mcp/orgo-exec`,
      transport: 'http',
    });
    expect(created.body.headerNames).toEqual(['Authorization', 'X-Api-Key']);
    expect(created.headers.location).toBe(`/api/v1/servers/${created.body.id}`);
    expect(created.headers.etag).toBe('"1"');
    const seen = [
      created.text,
      (await api.call('GET', '/servers/orgo-exec')).text,
      (await api.call('GET', '/events')).text,
    ];
    for (const text of seen) expect(text).not.toMatch(/very-secret|also-secret/);
    const row = await api.store.servers.get('orgo-exec');
    expect(row?.sealedSecrets).not.toContain('very-secret');
    expect(JSON.parse(api.registry.box.open(row!.sealedSecrets!, { table: 'servers', id: row!.id }))).toEqual(
      { 'X-Api-Key': 'very-secret-value', Authorization: 'Bearer also-secret' },
    );
  });

  it('refuses commands, other schemes, credentials in the URL and names without a letter', async () => {
    expect(await refused({ name: 'a', url: 'https://a.example', command: ['sh'] })).toEqual([
      422,
      'PC_API_INVALID',
      '/command',
    ]);
    for (const url of ['file:///etc/passwd', 'nonsense', 'https://user:word@a.example/', 'ftp://a.example'])
      expect(await refused({ name: 'a', url })).toEqual([422, 'PC_API_INVALID', '/url']);
    expect(await refused({ name: '…', url: 'https://a.example' })).toEqual([422, 'PC_API_INVALID', '/name']);
    expect(await refused({ name: '01234567-89ab-cdef-0123-456789abcdef', url: 'https://a.example' })).toEqual(
      [422, 'PC_API_INVALID', '/name'],
    );
    expect(await refused({ name: 'a', url: 'https://a.example', transport: 'stdio' })).toEqual([
      422,
      'PC_API_INVALID',
      '/transport',
    ]);
  });

  it('refuses headers that could change the request, or that belong to the protocol', async () => {
    const bad: [string, string][] = [
      ['X-A', 'one\r\nX-B: two'],
      ['X A', 'v'],
      ['', 'v'],
      ['Host', 'v'],
      ['content-length', '1'],
      ['Mcp-Session-Id', 'v'],
      ['Mcp-Param-Key', 'v'],
      ['X-A', 'v\0'],
    ];
    for (const [name, value] of bad)
      expect(await refused({ name: 'a', url: 'https://a.example', headers: { [name]: value } })).toEqual([
        422,
        'PC_API_INVALID',
        `/headers/${name}`,
      ]);
    expect(
      await refused({ name: 'a', url: 'https://a.example', headers: { 'X-A': '1', 'x-a': '2' } }),
    ).toEqual([422, 'PC_API_INVALID', '/headers/x-a']);
    expect(await api.store.servers.get('a')).toBeUndefined();
  });

  it('refuses a second server at the same address', async () => {
    expect((await create({ name: 'twice', url: 'https://a.example' })).status).toBe(201);
    expect(await refused({ name: 'Twice', url: 'https://b.example' })).toEqual([409, 'PC_API_CONFLICT']);
  });

  it('accepts the legacy transport', async () => {
    expect(
      (await create({ name: 'old', url: 'http://127.0.0.1:1/sse', transport: 'sse' })).body,
    ).toMatchObject({ transport: 'sse' });
  });
});

describe('changing a server', () => {
  it('merges headers, and keeps the slug', async () => {
    const { body } = await create({
      name: 'merge',
      url: 'https://a.example',
      headers: { 'X-A': '1', 'X-B': '2' },
    });
    const patched = await api.call<Server>('PATCH', `/servers/${body.id}`, {
      name: 'Renamed',
      headers: { 'x-a': null, 'X-C': '3' },
    });
    expect(patched.body).toMatchObject({
      name: 'Renamed',
      slug: 'merge',
      version: 2,
      headerNames: ['X-B', 'X-C'],
    });
    const without = await api.call<Server>('PATCH', `/servers/${body.id}`, { auth: { type: 'none' } });
    expect(without.body.headerNames).toEqual(['X-B', 'X-C']);
  });

  it('refuses a change that is based on another version', async () => {
    const { body } = await create({ name: 'versions', url: 'https://a.example' });
    const path = `/servers/${body.id}`;
    expect((await api.call('PATCH', path, { url: 'https://b.example' }, { 'if-match': '"1"' })).status).toBe(
      200,
    );
    expect(await api.call('PATCH', path, { url: 'https://c.example' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'PC_API_PRECONDITION' },
    });
    expect((await api.call('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect(
      (await api.call('PATCH', path, { url: 'https://c.example' }, { 'if-match': 'W/"2"' })).status,
    ).toBe(422);
    expect(await api.call('GET', path)).toMatchObject({
      body: { url: 'https://b.example' },
      headers: { etag: '"2"' },
    });
    expect((await api.call('DELETE', path, undefined, { 'if-match': '"2"' })).status).toBe(204);
    expect((await api.call('GET', path)).status).toBe(404);
  });

  it('takes effect before the answer comes', async () => {
    const created = await create({ name: 'at-once', url: 'https://a.example' });
    expect(created.headers['portcullis-confirmed']).toBe('true');
    expect(await api.opened.gateway.tools(created.body.id)).toEqual([]);
  });
});

describe('lists', () => {
  it('go on where a page ended', async () => {
    const slugs: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: Server[]; nextCursor: string | null } } = await api.call(
        'GET',
        `/servers?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      slugs.push(...page.body.items.map(({ slug }) => slug));
      cursor = page.body.nextCursor;
    }
    expect(slugs).toEqual((await api.store.servers.list()).map(({ slug }) => slug));
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'cursor=!', 'page=2'])
      expect((await api.call('GET', `/servers?${query}`)).status).toBe(422);
  });
});
