/** Promise: with many servers, approvals and grants, what matters is in sight and the rest is found. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, ownerOf } from '../accounts/browser.ts';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  mintGrant,
  registerServer,
  startFixture,
  startGateway,
  v1Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

const SERVERS = 30;
const APPROVALS = 203;

describe.skipIf(noChromium)('a large fleet', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  let guarded: GuardedServer;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startFixture('recorder'),
      openBrowser(),
    ]);
    await ownerOf(gateway);
    for (let index = 0; index < SERVERS; index += 1)
      await registerServer(gateway, { name: `Team ${index}`, url: `https://s${index}.example.com/mcp` });
    guarded = await guardServer(
      gateway,
      { name: 'Zebra', url: recorder.url },
      { version: '1', default: 'deny', tools: { echo: { approve_if: [{ conditions: [] }] } } },
    );
    await gateway.api('POST', `/servers/${guarded.server.id}/grants`, { label: 'bare' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  const open = async (path: string): Promise<Page> => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(path);
    return page;
  };

  it('says what is gravest first, and how much more there is', async () => {
    const page = await open('/');
    const matters = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Needs a look' }) });
    await matters.getByText(`and ${SERVERS - 6} more`).waitFor();
    expect(await matters.getByRole('listitem').first().innerText()).toContain(
      'Zebra: 1 grant without a policy',
    );
  });

  it('is searched for the servers of a grant, and what is chosen stays in sight', async () => {
    const page = await open('/grants');
    await page.getByRole('button', { name: 'Mint a grant' }).click();
    const dialog = page.getByRole('dialog');
    const find = dialog.getByRole('searchbox', { name: 'Find a server' });
    await find.fill('team 27');
    await dialog.getByRole('checkbox', { name: 'Team 27' }).check();
    expect(await dialog.getByRole('checkbox').count()).toBe(1);
    await find.fill('zeb');
    await dialog.getByRole('checkbox', { name: 'Zebra' }).waitFor();
    expect(await dialog.getByRole('checkbox', { name: 'Team 27' }).isChecked()).toBe(true);
    expect(await dialog.getByRole('checkbox').count()).toBe(2);
  });

  it('gives a grant an end, and takes it away', async () => {
    const page = await open('/grants?server=zebra');
    const edit = async (choice: string): Promise<void> => {
      await page.getByRole('button', { name: 'Actions on bare' }).click();
      await page.getByRole('menuitem', { name: 'Edit…' }).click();
      await page.getByLabel('Expires').selectOption(choice);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await edit('In 30 days');
    await page
      .getByText('Expires next month')
      .or(page.getByText(/Expires in \d+ days/))
      .waitFor();
    await edit('Never');
    await page.getByText(/^Expires/).waitFor({ state: 'detached' });
  });

  it('shows every approval, a page at a time', async () => {
    // Each grant may have a hundred that wait.
    for (const [label, count] of [
      ['first', 100],
      ['second', 100],
      ['third', APPROVALS - 200],
    ] as const) {
      const { token } = await mintGrant(gateway, guarded.server.id, { label, policyId: guarded.policyId });
      const client = await v1Client(guarded.url, { token });
      for (let index = 0; index < count; index += 1) await client.callTool('echo', { text: `call ${index}` });
      await client.close();
    }
    const page = await open('/approvals');
    await page.getByText('200+ waiting').waitFor();
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await page.getByText(`${APPROVALS} waiting`).waitFor();
    const first = page.getByRole('list', { name: 'Approvals' }).getByRole('listitem').first();
    await expect.poll(() => first.getAttribute('aria-setsize')).toBe(String(APPROVALS));
  }, 120_000);

  it('asks an admin before they give up their own role', async () => {
    const { page } = await openPage(browser, gateway.url);
    await page.goto('/settings');
    await page.getByLabel('E-mail', { exact: true }).fill(OWNER.email);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const role = page.getByLabel(`Role of ${OWNER.name}`);
    await role.selectOption('viewer');
    const dialog = page.getByRole('dialog', { name: 'Give up the admin role' });
    await dialog.getByRole('button', { name: 'Change my role' }).click();
    await dialog.getByText('this failed').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await role.inputValue()).toBe('admin');
  });
});
