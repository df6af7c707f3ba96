import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { Browser, OWNER, ownerOf, type Seen } from './browser.ts';
import { startOidcProvider, type OidcProvider } from './oidc-provider.ts';

let provider: OidcProvider;
let gateway: TestGateway;
let owner: Browser;
beforeAll(async () => {
  const person = { sub: '1', email: 'dora@example.com', email_verified: true, name: 'Dora' };
  provider = await startOidcProvider(person);
  gateway = await startGateway({
    env: {
      PORTCULLIS_OIDC_ISSUER: provider.issuer,
      PORTCULLIS_OIDC_CLIENT_ID: 'client',
      PORTCULLIS_OIDC_CLIENT_SECRET: 'secret',
      PORTCULLIS_OIDC_NAME: 'Example',
    },
  });
  owner = await ownerOf(gateway);
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  provider.close();
});

/** Goes to the provider and back. @returns where the gateway sends the browser in the end */
async function signIn(browser: Browser): Promise<Seen> {
  const begun = await browser.send('POST', '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/servers',
  });
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  const atProvider = await new Browser(gateway).send('GET', begun.body['url']);
  return browser.send('GET', String(atProvider.headers['location']));
}

it('offers the provider', async () => {
  const { body } = await new Browser(gateway).send('GET', '/api/v1/sign-in-options');
  expect(body['providers']).toEqual([{ id: 'oidc', name: 'Example' }]);
});

it('lets nobody in who was not invited', async () => {
  const dora = new Browser(gateway);
  const back = await signIn(dora);
  expect(back.status, gateway.logs()).toBe(302);
  expect((await dora.send('GET', '/api/v1/me')).status).toBe(401);
});

it.each([false, 'false'] as const)(
  'an address that the provider has not verified (%j) opens no account and makes none',
  async (email_verified) => {
    const { person } = provider;
    await owner.send('POST', '/api/v1/invitations', { email: 'eve@example.com', role: 'viewer' });
    for (const email of [OWNER.email, 'eve@example.com']) {
      provider.person = { sub: `not ${email}`, email, email_verified, name: 'Mallory' };
      const mallory = new Browser(gateway);
      const back = await signIn(mallory);
      expect(String(back.headers['location'])).toContain('error=');
      expect((await mallory.send('GET', '/api/v1/me')).status).toBe(401);
    }
    provider.person = person;
  },
);

it('lets the invited in with the role that was given, and no other browser with their answer', async () => {
  await owner.send('POST', '/api/v1/invitations', { email: 'dora@example.com', role: 'policy_manager' });
  const dora = new Browser(gateway);
  const back = await signIn(dora);
  expect([back.status, back.headers['location']]).toEqual([302, '/servers']);
  expect((await dora.send('GET', '/api/v1/me')).body['role']).toBe('policy_manager');
  const begun = await new Browser(gateway).send('POST', '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/',
  });
  const atProvider = await new Browser(gateway).send('GET', begun.body['url']);
  const thief = new Browser(gateway);
  await thief.send('GET', String(atProvider.headers['location']));
  expect((await thief.send('GET', '/api/v1/me')).status).toBe(401);
});

it('counts how often sign-ins are begun, and keeps nothing of what a browser adds', async () => {
  const begin = (more: object = {}) =>
    new Browser(gateway).send('POST', '/api/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/',
      ...more,
    });
  for (const more of [
    { additionalData: { a: 'x' } },
    { additionalParams: { claims: '{}' } },
    { scopes: ['a'] },
  ])
    expect((await begin(more)).status).toBe(422);
  const statuses = await Promise.all(Array.from({ length: 101 }, async () => (await begin()).status));
  expect(statuses).toContain(429);
});

it('a provider that does not answer keeps nobody from signing in otherwise, and works when it does', async () => {
  let asked = 0;
  let isUp = false;
  const front = createServer((request, response) => {
    asked += 1;
    if (!isUp) return;
    void fetch(provider.issuer + (request.url ?? '')).then(async (answer) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text()),
    );
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const other = await startGateway({
    env: {
      PORTCULLIS_OIDC_ISSUER: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
      PORTCULLIS_OIDC_CLIENT_ID: 'client',
      PORTCULLIS_OIDC_CLIENT_SECRET: 'secret',
    },
  });
  try {
    const ada = await ownerOf(other);
    expect((await ada.send('GET', '/api/v1/me')).status).toBe(200);
    expect(asked).toBe(1);
    isUp = true;
    const begun = await new Browser(other).send('POST', '/api/auth/sign-in/social', { provider: 'oidc' });
    expect([begun.status, String(begun.body['url'])]).toEqual([200, expect.stringContaining('/authorize?')]);
  } finally {
    await other.stop();
    front.closeAllConnections();
    front.close();
  }
}, 60_000);
