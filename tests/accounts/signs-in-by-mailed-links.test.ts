import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { Browser, OWNER, ownerOf } from './browser.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  await ownerOf(gateway);
}, 60_000);
afterAll(() => gateway.stop());

const linkIn = (path: string): string =>
  [...gateway.logs().matchAll(new RegExp(`"link":"([^"]*${path}[^"]*)"`, 'g'))].at(-1)?.[1] ?? '';

it('signs in by a link, once', async () => {
  const ask = { email: OWNER.email, callbackURL: '/servers' };
  expect((await new Browser(gateway).send('POST', '/api/auth/sign-in/magic-link', ask)).status).toBe(200);
  const link = linkIn('/magic-link/verify');
  const browser = new Browser(gateway);
  const followed = await browser.send('GET', link);
  expect([followed.status, followed.headers['location']]).toEqual([302, `${gateway.url}/servers`]);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(200);
  const again = new Browser(gateway);
  await again.send('GET', link);
  expect((await again.send('GET', '/api/v1/me')).status).toBe(401);
});

it('tells nobody which addresses have accounts', async () => {
  const before = gateway.logs().length;
  const ask = { email: 'nobody@example.com' };
  expect((await new Browser(gateway).send('POST', '/api/auth/sign-in/magic-link', ask)).status).toBe(200);
  expect(gateway.logs().slice(before)).not.toContain('magic-link/verify');
});

it('gives a new password by a link, and ends the sessions before', async () => {
  const old = new Browser(gateway);
  await old.signIn(OWNER.email, OWNER.password);
  const ask = { email: OWNER.email, redirectTo: '/reset-password' };
  expect((await old.send('POST', '/api/auth/request-password-reset', ask)).status).toBe(200);
  const followed = await new Browser(gateway).send('GET', linkIn('/reset-password/'));
  const back = new URL(String(followed.headers['location']), gateway.url);
  expect([back.origin, back.pathname]).toEqual([gateway.url, '/reset-password']);
  const reset = { token: back.searchParams.get('token'), newPassword: 'a wholly new password' };
  expect((await new Browser(gateway).send('POST', '/api/auth/reset-password', reset)).status).toBe(200);
  expect((await old.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await new Browser(gateway).signIn(OWNER.email, OWNER.password)).status).toBe(401);
  expect((await new Browser(gateway).signIn(OWNER.email, 'a wholly new password')).status).toBe(200);
});
