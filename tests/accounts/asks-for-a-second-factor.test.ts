import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { Browser, OWNER, ownerOf } from './browser.ts';
import { codeOf, enrol, sendCode } from './totp.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
}, 60_000);
afterAll(() => gateway.stop());

it('asks for a code, refuses a wrong one, and takes a right one or a backup code', async () => {
  const owner = await ownerOf(gateway);
  const { secret, backupCodes } = await enrol(owner, OWNER.password);
  expect((await owner.send('GET', '/api/v1/me')).body['person'].twoFactorEnabled).toBe(true);

  const browser = new Browser(gateway);
  const first = await browser.signIn(OWNER.email, OWNER.password);
  expect(first.body['twoFactorRedirect']).toBe(true);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await sendCode(browser, '000000')).status).toBe(401);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await sendCode(browser, codeOf(secret))).status).toBe(200);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(200);

  const other = new Browser(gateway);
  await other.signIn(OWNER.email, OWNER.password);
  const code = backupCodes[0]!;
  expect((await other.send('POST', '/api/auth/two-factor/verify-backup-code', { code })).status).toBe(200);
  expect((await other.send('GET', '/api/v1/me')).status).toBe(200);
  const third = new Browser(gateway);
  await third.signIn(OWNER.email, OWNER.password);
  expect((await third.send('POST', '/api/auth/two-factor/verify-backup-code', { code })).status).toBe(401);
});
