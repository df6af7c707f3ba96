import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { Browser, OWNER, ownerOf } from './browser.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
}, 60_000);
afterAll(() => gateway.stop());

it('asks for a code, refuses a wrong one, and takes a right one or a backup code', async () => {
  const owner = await ownerOf(gateway);
  const enabled = await owner.send('POST', '/api/auth/two-factor/enable', { password: OWNER.password });
  expect(enabled.status).toBe(200);
  const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
  const secret = new URL(totpURI).searchParams.get('secret')!;
  expect(
    (await owner.send('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secret) })).status,
  ).toBe(200);
  expect((await owner.send('GET', '/api/v1/me')).body['person'].twoFactorEnabled).toBe(true);

  const browser = new Browser(gateway);
  const first = await browser.signIn(OWNER.email, OWNER.password);
  expect(first.body['twoFactorRedirect']).toBe(true);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(
    401,
  );
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
  const verified = await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secret) });
  expect(verified.status).toBe(200);
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

it('is not passed by with a mailed link', async () => {
  const ask = { email: OWNER.email, callbackURL: '/', errorCallbackURL: '/sign-in' };
  const browser = new Browser(gateway);
  expect((await browser.send('POST', '/api/auth/sign-in/magic-link', ask)).status).toBe(200);
  const mailed = (): string => /"link":"([^"]*magic-link[^"]*)"/.exec(gateway.logs())?.[1] ?? '';
  await expect.poll(mailed).toContain('token=');
  await browser.send('GET', mailed());
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
});

/** RFC 6238 with its defaults. */
function codeOf(secret: string): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = mac.at(-1)! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
