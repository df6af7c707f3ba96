import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, PUBLIC_URL, type OpenApi } from './testing/open-api.ts';
import { request } from './testing/request.ts';

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: PUBLIC_URL };
const send = (fields: Record<string, string>, headers: Record<string, string> = FORM) =>
  request(`${api.url}/contact`, 'POST', Buffer.from(new URLSearchParams(fields).toString()), headers);

it.each(['/catalog', '/risk', '/risk/high', '/categories/execute', '/attacks', '/contact', '/catalog.md'])(
  '%s is served without a key, under a strict policy',
  async (path) => {
    const answer = await request(`${api.url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect(answer.headers['referrer-policy']).toBe('same-origin');
  },
);

it('the API keeps its own answers', async () => {
  expect((await request(`${api.url}/nowhere`)).headers['content-type']).toContain('problem+json');
  expect((await request(`${api.url}/healthz`)).headers['referrer-policy']).toBe('no-referrer');
  expect((await request(`${api.url}/catalog`, 'POST', {})).status).toBe(404);
});

it('a form comes back to be read once more, and forms of other sites do not', async () => {
  const letter = {
    name: 'Ada',
    email: 'ada@example.com',
    message: 'Is it <judged> rightly?',
    page: '/catalog',
  };
  const back = await send(letter);
  expect(back.status).toBe(200);
  expect(back.text).toContain('Is it &lt;judged&gt; rightly?');
  expect(back.text).toMatch(/name="token"\s+value="[\w.-]+"/);
  expect((await send(letter, { ...FORM, origin: 'https://evil.example' })).status).toBe(403);
});

it('letters are for admins, and for nobody else', async () => {
  const at = Date.UTC(2026, 0, 1);
  const letter = { name: 'Ada', email: 'ada@example.com', message: 'Hello', page: '/catalog', sender: 'x' };
  await api.store.contactMessages.accept(
    { id: 'm1', at, ...letter },
    { since: 0, fromSender: 1, fromAll: 1 },
  );
  const page = await api.call<{ items: object[] }>('GET', '/contact-messages');
  expect(page.body.items).toEqual([{ id: 'm1', at: '2026-01-01T00:00:00.000Z', ...letter }]);
  const viewer = { authorization: `Bearer ${await api.keyFor('policy_manager')}` };
  expect((await api.call('GET', '/contact-messages', undefined, viewer)).status).toBe(403);
});
