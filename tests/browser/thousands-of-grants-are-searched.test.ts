import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { fillGrants } from '../../src/store/testing/fill-grants.ts';
import { noChromium } from '../kit/chromium.ts';
import {
  createPolicy,
  registerServer,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { violations } from './axe.ts';
import { openBrowser, openPage } from './open-page.ts';

const MANY = 4_000;
const PHONE = { width: 375, height: 800 };

describe.skipIf(noChromium)('thousands of grants', () => {
  let gateway: TestGateway;
  let codeforge: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, codeforge, browser] = await Promise.all([
      startGateway(),
      startFixture('codeforge-stand-in'),
      openBrowser(),
    ]);
    const forge = await registerServer(gateway, { name: 'forge', url: codeforge.url });
    const quiet = await registerServer(gateway, { name: 'quiet', url: codeforge.url });
    const store = await openStore(`sqlite:${gateway.home}/portcullis.db`);
    await fillGrants(store, forge.id, MANY);
    await store.close();
    const { id } = await createPolicy(gateway, quiet.id, { version: '1', default: 'allow' }, 'open');
    await gateway.api('POST', '/grants', {
      label: 'shared',
      servers: [{ server: 'quiet', policyId: id }, { server: 'forge' }],
    });
    const { body } = await gateway.api<{ id: string }>('POST', '/servers/quiet/grants', { label: 'gone' });
    await gateway.api('DELETE', `/grants/${body.id}`);
    await gateway.api('POST', `/servers/quiet/tools/refresh`);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), codeforge?.stop()]);
  });

  it('are shown a page at a time, and asked for as they are wanted', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname === '/api/v1/grants') asked.push(search);
    });
    await page.goto('/grants');
    await page.getByRole('heading', { name: 'The newest 100 grants' }).waitFor();
    expect(asked).toEqual(['?limit=100&state=active']);
    expect(await page.getByRole('list', { name: 'Grants' }).getByRole('listitem').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Show older ones' }).press('Enter');
    await page.getByRole('heading', { name: 'The newest 200 grants' }).waitFor();
    expect(asked).toHaveLength(2);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are found by words, state, server and policy, and the address keeps what was looked for', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/grants');
    await page.getByRole('searchbox', { name: 'Search grants' }).fill('LAPTOP 1234');
    await page.getByRole('heading', { name: '1 grant', exact: true }).waitFor();
    await page.getByText('laptop 1234', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?text=LAPTOP+1234');
    await page.reload();
    await page.getByRole('heading', { name: '1 grant', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Search grants' }).fill('');
    await page.getByLabel('Grants on server').selectOption({ label: 'quiet' });
    await page.getByRole('heading', { name: '1 grant', exact: true }).waitFor();
    await page.getByText('and 1 more server').waitFor();
    await page.getByLabel('State of grants').selectOption({ label: 'Revoked' });
    await page.getByText('gone', { exact: true }).waitFor();
    await page.getByLabel('State of grants').selectOption({ label: 'Expired' });
    await page.getByRole('heading', { name: 'No grant fits' }).waitFor();
    await page.getByLabel('State of grants').selectOption({ label: 'In force' });
    await page.getByLabel('Grants under policy').selectOption({ label: 'open' });
    await page.getByText('shared', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('minted and revoked ones are there and gone at once, in the middle of a search', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/servers/forge?tab=grants');
    await page.getByRole('tab', { name: `Grants (${(MANY + 1).toLocaleString('en')})` }).waitFor();
    await page.getByRole('searchbox', { name: 'Search grants' }).fill('newcomer');
    await page.getByRole('heading', { name: 'No grant fits' }).waitFor();
    await page.getByRole('button', { name: 'Mint a grant' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('newcomer');
    await page.getByRole('button', { name: 'Mint it' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Actions on newcomer' }).click();
    await page.getByRole('menuitem', { name: /^Revoke/ }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByRole('heading', { name: 'No grant fits' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('are chosen for the log among the newest, or searched for', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/log');
    const choice = page.getByLabel('Grant', { exact: true });
    await choice.selectOption({ label: 'Another grant…' });
    const dialog = page.getByRole('dialog', { name: 'Choose a grant' });
    await dialog.getByRole('searchbox', { name: 'Search grants' }).fill('laptop 77');
    await dialog.getByRole('button', { name: /^laptop 777/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^laptop 777/ }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await choice.locator('option:checked').innerText()).toBe('laptop 777');
    await page.reload();
    await page.getByText('laptop 777').first().waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
  });

  it('reach tools by their policies, named where they are looked for', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/stack?server=quiet');
    await page.getByText('shared', { exact: true }).first().waitFor();
    await page.getByRole('searchbox', { name: /^Search tools/ }).fill('shar');
    await page.getByRole('heading', { name: /^[1-9][0-9]* tools$/ }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines[0]).toBe('server,tool,class,severity,grant,policy,how');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(1)) expect(line).toMatch(/^quiet,.+,shared,open,allow$/);
    expect(complaints).toEqual([]);
  });

  it('fit a phone, light and dark', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey, viewport: PHONE });
    await page.goto('/grants');
    await page.getByRole('heading', { name: /^The newest/ }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
  });
});
