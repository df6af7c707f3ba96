import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';
import { request } from './testing/request.ts';

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

describe('operations', () => {
  it('say that the process is up and that it is ready', async () => {
    expect(await request(`${api.url}/healthz`)).toMatchObject({ status: 200, body: { status: 'ok' } });
    const ready = await request<{ checks: { name: string }[] }>(`${api.url}/readyz`);
    expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(ready.body.checks.map(({ name }) => name)).toEqual(['store', 'counters', 'audit', 'canary']);
  });

  it('serve the policy schema', async () => {
    const schema = await request(`${api.url}/schema/policy-1.json`);
    expect(schema.status).toBe(200);
    expect(JSON.parse(schema.text)).toHaveProperty('$schema');
  });

  it('never take addresses from Host', async () => {
    const page = await request(`${api.url}/`, 'GET', undefined, { host: 'evil.example' });
    expect(page.text).not.toContain('evil.example');
  });

  it('show metrics to this machine, and to nobody else without a key', async () => {
    expect((await request(`${api.url}/metrics`)).text).toContain('portcullis_ready{check="canary"} 1');
    const foreign = [
      { host: 'evil.example' },
      { 'x-forwarded-for': '203.0.113.9' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign)
      expect((await request(`${api.url}/metrics`, 'GET', undefined, headers)).status).toBe(401);
    const withKey = { 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${api.adminKey}` };
    expect((await request(`${api.url}/metrics`, 'GET', undefined, withKey)).status).toBe(200);
  });

  it('answer unknown places with a problem', async () => {
    expect(await request(`${api.url}/nowhere`)).toMatchObject({
      status: 404,
      body: { code: 'PC_API_NOT_FOUND' },
    });
    const browser = { accept: 'text/html' };
    for (const path of ['/api/v1/nowhere', '/api/auth/nowhere', '/.well-known/oauth-authorization-server'])
      expect(await request(`${api.url}${path}`, 'GET', undefined, browser), path).toMatchObject({
        headers: { 'content-type': 'application/problem+json' },
      });
    expect((await request(`${api.url}/api/v1/nowhere`)).status).toBe(401);
    for (const path of ['/nowhere', '/catalog/nothing'])
      expect(await api.call('GET', path)).toMatchObject({ status: 404, body: { code: 'PC_API_NOT_FOUND' } });
    const wrong = await api.call('PUT', '/servers');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.allow).toBe('GET, POST');
  });
});
