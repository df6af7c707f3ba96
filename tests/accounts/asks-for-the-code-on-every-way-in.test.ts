import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { Browser, OWNER, ownerOf, type Seen } from './browser.ts';
import { startOidcProvider, type OidcProvider } from './oidc-provider.ts';
import { codeOf, enrol, sendCode, type Authenticator } from './totp.ts';

let provider: OidcProvider;
let gateway: TestGateway;
let authenticator: Authenticator;
beforeAll(async () => {
  provider = await startOidcProvider({
    sub: '1',
    email: OWNER.email,
    email_verified: true,
    name: OWNER.name,
  });
  gateway = await startGateway({
    env: {
      PORTCULLIS_OIDC_ISSUER: provider.issuer,
      PORTCULLIS_OIDC_CLIENT_ID: 'client',
      PORTCULLIS_OIDC_CLIENT_SECRET: 'secret',
    },
  });
  authenticator = await enrol(await ownerOf(gateway), OWNER.password);
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  provider.close();
});

async function byMail(browser: Browser): Promise<Seen> {
  const ask = { email: OWNER.email, callbackURL: '/log?tool=x', errorCallbackURL: '/sign-in' };
  const before = gateway.logs().length;
  expect((await browser.send('POST', '/api/auth/sign-in/magic-link', ask)).status).toBe(200);
  const mailed = (): string =>
    /"link":"([^"]*magic-link[^"]*)"/.exec(gateway.logs().slice(before))?.[1] ?? '';
  await expect.poll(mailed).toContain('token=');
  return browser.send('GET', mailed());
}

async function byProvider(browser: Browser): Promise<Seen> {
  const ask = { provider: 'oidc', callbackURL: '/log?tool=x', errorCallbackURL: '/sign-in' };
  const begun = await browser.send('POST', '/api/auth/sign-in/social', ask);
  const atProvider = await new Browser(gateway).send('GET', begun.body['url']);
  return browser.send('GET', String(atProvider.headers['location']));
}

const me = async (browser: Browser): Promise<number> => (await browser.send('GET', '/api/v1/me')).status;

for (const [way, comeIn] of [
  ['a mailed link', byMail],
  ['a provider', byProvider],
] as const) {
  it(`asks whoever comes by ${way} for the code, and then lets them in where they wanted to be`, async () => {
    const browser = new Browser(gateway);
    const came = await comeIn(browser);
    expect([came.status, came.headers['location']]).toEqual([
      302,
      `${gateway.url}/second-factor?to=${encodeURIComponent('/log?tool=x')}`,
    ]);
    expect(await me(browser)).toBe(401);
    expect((await sendCode(browser, '000000')).status).toBe(401);
    expect(await me(browser)).toBe(401);
    expect((await sendCode(browser, codeOf(authenticator.secret))).status).toBe(200);
    expect(await me(browser)).toBe(200);
  });

  it(`gives nobody a session that lives before the code, by ${way}`, async () => {
    const came = await comeIn(new Browser(gateway));
    const cookies = [came.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
    const sessions = cookies.filter((cookie) => /session_token=./.test(cookie));
    for (const cookie of sessions) {
      const kept = await new Browser(gateway).send('GET', '/api/v1/me', undefined, { cookie });
      expect(kept.status).toBe(401);
    }
  });
}

it('takes no identity token that the browser brings itself', async () => {
  const browser = new Browser(gateway);
  const idToken = {
    token: provider.identityToken('client', 'n'),
    nonce: 'n',
    accessToken: "somebody else's",
  };
  const came = await browser.send('POST', '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/',
    idToken,
  });
  expect([came.status, came.body['errors']?.[0].pointer]).toEqual([422, '/idToken']);
  expect(browser.cookies.size).toBe(0);
});
