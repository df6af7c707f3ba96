import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, ownerOf } from '../accounts/browser.ts';
import { noChromium } from '../kit/chromium.ts';
import { registerServer, startFixture, startGateway, type Fixture, type TestGateway } from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('somebody with several organizations', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway(),
      startFixture('recorder'),
      openBrowser(),
    ]);
    await ownerOf(gateway);
    await registerServer(gateway, { name: 'Of the first', url: recorder.url });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  it('makes another one, sees nothing of the first there, and changes back', async () => {
    const { page, complaints } = await openPage(browser, gateway.url);
    await page.goto('/settings?tab=organization');
    await page.getByLabel('E-mail', { exact: true }).fill(OWNER.email);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await page.getByLabel('Make another one').fill('Second');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.waitForURL(`${gateway.url}/`);
    const here = page.getByRole('link', { name: 'Second' });
    await here.waitFor();
    await page.goto('/servers');
    await page.getByRole('link', { name: /^Add/ }).first().waitFor();
    expect(await page.getByText('Of the first').count()).toBe(0);

    await here.click();
    await page.getByText('You are here').waitFor();
    await page.getByRole('button', { name: 'Change to it' }).click();
    await page.waitForURL(`${gateway.url}/`);
    await page.goto('/servers');
    await page.getByText('Of the first').first().waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});
