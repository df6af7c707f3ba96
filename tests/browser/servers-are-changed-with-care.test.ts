/** Promise: a change of a server sends what was changed and nothing else, is tried at once, and lists keep their filter in the address. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { registerServer, startFixture, startGateway, type Fixture, type TestGateway } from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('a server in the dashboard', () => {
  let gateway: TestGateway;
  let orgo: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, orgo, browser] = await Promise.all([
      startGateway(),
      startFixture('orgo-stand-in'),
      openBrowser(),
    ]);
    await registerServer(gateway, { name: 'Orgo', url: orgo.url });
    await registerServer(gateway, { name: 'Another', url: 'https://another.example.com/mcp' });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), orgo?.stop()]);
  });

  const open = async (path: string): Promise<Page> => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(path);
    return page;
  };
  const server = async (): Promise<Record<string, unknown>> =>
    (await gateway.api<Record<string, unknown>>('GET', '/servers/orgo')).body;

  it('that has not listed its tools is said so in the first run, with the way to mend it', async () => {
    const page = await open('/start');
    await page.getByLabel('Server').selectOption({ label: 'Orgo' });
    await page.getByText('It has not listed its tools yet').waitFor();
    await page.getByRole('link', { name: 'Mend it' }).click();
    await page.getByRole('heading', { name: 'Connection' }).waitFor();

    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.getByLabel('Name of header 1').fill('X-Orgo-API-Key');
    await page.getByLabel('Value of header 1').fill('not the key');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved, but it does not answer').waitFor();
    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.getByLabel('Name of header 1').fill('X-Orgo-API-Key');
    await page.getByLabel('Value of header 1').fill('test-orgo-key');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved; it answers, and has 28 tools.').waitFor();
    await page.getByRole('tab', { name: 'Tools (28)' }).waitFor();
  });

  it('keeps what another admin changed meanwhile', async () => {
    const page = await open('/servers/orgo?tab=settings');
    await page.clock.install();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Orgo, renamed');
    const url = `${orgo.url}?changed-by-another`;
    await gateway.api('PATCH', '/servers/orgo', { url });
    await page.clock.fastForward('02:00');
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await expect.poll(() => page.getByRole('textbox', { name: 'URL' }).inputValue()).toBe(url);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Orgo, renamed' }).waitFor();
    expect(await server()).toMatchObject({ name: 'Orgo, renamed', url });
    const { body } = await gateway.api<{ items: { action: string; detail: { changed?: string[] } }[] }>(
      'GET',
      '/events?limit=1',
    );
    expect(body.items[0]?.detail.changed).toEqual(['name']);
  });

  it('asks before it forgets a header, whose value nobody can read again', async () => {
    const page = await open('/servers/orgo?tab=settings');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByText('to have it back, write it again').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await server()).toMatchObject({ headerNames: ['X-Orgo-API-Key'] });
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await server()).toMatchObject({ headerNames: [] });
  });

  it('is found again after a reload and by a link', async () => {
    const page = await open('/servers');
    await page.getByRole('searchbox', { name: 'Search servers' }).fill('another.ex');
    await page.getByText('1 server', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('1 server', { exact: true }).waitFor();
    await page.goto('/servers/orgo?text=delete&class=Destructive');
    await page.getByText('2 tools', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^orgo_delete_computer/ }).click();
    await page.getByRole('dialog').getByText('Why it is').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('2 tools', { exact: true }).waitFor();
  });
});
