import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { startFixture, startGateway, v1Client, type Fixture, type TestGateway } from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('the first run', () => {
  let gateway: TestGateway;
  let orgo: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, orgo, browser] = await Promise.all([
      startGateway(),
      startFixture('orgo-stand-in'),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), orgo?.stop()]);
  });

  it('leads from the link in the terminal to the first call, seen live', async () => {
    const { page, complaints } = await openPage(browser, gateway.url);
    const link = /http:\S+\/welcome\?token=\S+/.exec(gateway.logs())?.[0];
    expect(link).toBeDefined();

    await page.goto(link!);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password').fill('a long enough password');
    await page.getByRole('button', { name: 'Make the account' }).click();

    await page.getByRole('link', { name: 'Add your first server' }).click();
    await page.getByRole('textbox', { name: 'URL' }).fill(orgo.url);
    await page.getByRole('textbox', { name: /^Name \(/ }).fill('Orgo');
    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.getByLabel('Name of header 1').fill('X-Orgo-API-Key');
    await page.getByLabel('Value of header 1').fill('test-orgo-key');
    await page.getByRole('button', { name: 'Add the server' }).click();

    await page.getByRole('link', { name: 'Build a policy' }).click();
    await page.getByLabel('What holds for orgo_exec').selectOption('custom');
    await page.getByRole('button', { name: 'Add a rate limit' }).click();
    await page.getByRole('button', { name: 'Create the policy' }).click();

    await page.getByRole('button', { name: 'Mint a grant' }).click();
    await page.getByText('Waiting for the first call').waitFor();
    await page.getByRole('radio', { name: 'Cursor' }).check();
    await page.getByRole('region', { name: 'Configuration for Cursor' }).waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    const copied = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()'));
    const { url, headers } = copied.mcpServers.orgo;
    expect(url).toBe(`${gateway.url}/mcp/orgo`);

    await page.getByText('Paste the configuration, restart the client').waitFor();
    const client = await v1Client(url, { token: headers.Authorization.replace('Bearer ', '') });
    await client.callTool('orgo_exec', { code: 'print(1)', computer_id: 'c', timeout: 5 });
    await client.close();
    await page.getByText('The first call came through').waitFor();

    await page.getByRole('link', { name: 'Watch the log' }).click();
    const row = page
      .getByRole('list', { name: 'Decisions' })
      .getByRole('button')
      .filter({ hasText: 'orgo_exec' });
    await row.click();
    await page.getByRole('dialog').getByText('Policy version').waitFor();
    expect(new URL(page.url()).searchParams.get('call')).toBeTruthy();
    expect(complaints).toEqual([]);
  });

  it('asks for sign-in again after signing out, and comes back to where one was', async () => {
    const { page, complaints } = await openPage(browser, gateway.url);
    await page.goto('/stack');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password').fill('a long enough password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Stack' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
