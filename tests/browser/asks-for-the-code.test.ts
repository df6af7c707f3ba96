import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser as Person, OWNER, ownerOf } from '../accounts/browser.ts';
import { codeOf, enrol, type Authenticator } from '../accounts/totp.ts';
import { noChromium } from '../kit/chromium.ts';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('whoever has a second factor and comes by a mailed link', () => {
  let gateway: TestGateway;
  let browser: Browser;
  let authenticator: Authenticator;
  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startGateway(), openBrowser()]);
    authenticator = await enrol(await ownerOf(gateway), OWNER.password);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  async function mailedLink(): Promise<string> {
    const ask = { email: OWNER.email, callbackURL: '/servers', errorCallbackURL: '/sign-in' };
    const before = gateway.logs().length;
    await new Person(gateway).send('POST', '/api/auth/sign-in/magic-link', ask);
    const mailed = (): string =>
      /"link":"([^"]*magic-link[^"]*)"/.exec(gateway.logs().slice(before))?.[1] ?? '';
    await expect.poll(mailed).toContain('token=');
    return mailed();
  }

  it('is asked for the code, told when it is wrong, and lands where the link leads', async () => {
    const { page, complaints } = await openPage(browser, gateway.url);
    await page.goto(await mailedLink());
    const code = page.getByLabel('Code of your authenticator app');
    await code.fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The code was not accepted').waitFor();
    expect(await page.getByText('Your session has ended').count()).toBe(0);
    await code.fill(codeOf(authenticator.secret));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${gateway.url}/servers`);
    await page.getByRole('heading', { name: 'Servers', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('finds the way back when nobody asked for a code any more', async () => {
    const { page } = await openPage(browser, gateway.url);
    await page.goto('/second-factor?to=/servers');
    await page.getByLabel('Code of your authenticator app').fill(codeOf(authenticator.secret));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.waitForURL(`${gateway.url}/sign-in`);
    await page.getByLabel('Password', { exact: true }).waitFor();
  });

  it('is not led to another site', async () => {
    const { page } = await openPage(browser, gateway.url);
    await page.goto(await mailedLink());
    await page.goto('/second-factor?to=https://example.com/');
    await page.getByLabel('Code of your authenticator app').fill(codeOf(authenticator.secret));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(new URL(page.url()).origin).toBe(gateway.url);
  });
});
