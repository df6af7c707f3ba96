/** Promise: who gets into a server, who approves its calls and who is told is set in the dashboard, without the API. */
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { PROGRAM, runToEnd, startGateway, type TestGateway } from '../kit/index.ts';
import { OWNER, ownerToken } from '../accounts/browser.ts';
import {
  startAuthorizationServer,
  startProtectedServer,
  type AuthorizationServer,
  type ProtectedServer,
} from '../oauth/parts.ts';
import { openBrowser, openPage } from './open-page.ts';

const PATIENCE_MS = 30_000;

describe.skipIf(noChromium)('the access of a server', () => {
  let gateway: TestGateway;
  let authorization: AuthorizationServer;
  let upstream: ProtectedServer;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  let receiver: Server;
  const received: string[] = [];
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      received.push(String(request.headers['webhook-id']));
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    [gateway, authorization, browser] = await Promise.all([
      startGateway(),
      startAuthorizationServer({}),
      openBrowser(),
    ]);
    upstream = await startProtectedServer(authorization);
    ({ page, complaints } = await openPage(browser, gateway.url));
    page.setDefaultTimeout(PATIENCE_MS);
    const made = await page.request.post('/api/v1/setup', {
      headers: { origin: gateway.url, 'sec-fetch-site': 'same-origin' },
      data: { token: ownerToken(gateway), ...OWNER },
    });
    expect(made.status()).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    receiver?.close();
    await Promise.all([gateway?.stop(), upstream?.stop(), authorization?.stop()]);
  });

  it('lets a person connect for themself, and disconnect', async () => {
    await page.goto('/servers/add');
    await page.getByRole('textbox', { name: 'URL' }).fill(upstream.url);
    await page.getByRole('textbox', { name: /^Name/ }).fill('personal');
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('per-user');
    await page.getByRole('button', { name: 'Add the server' }).click();
    await page.getByRole('heading', { name: 'Sign-in at the server' }).waitFor();
    await page.getByRole('button', { name: 'Connect as me' }).click();
    await page.locator('input[name=login]').fill('ada-there');
    await page.locator('input[name=password]').fill('x');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/tab=access.*connected=personal/);
    await page.getByText('You are connected').waitFor();
    await page.getByRole('list', { name: 'Members' }).getByText('Connected', { exact: true }).waitFor();
    await page.goto('/grants');
    await page.getByRole('button', { name: 'Mint a grant' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('agent');
    await page
      .getByRole('combobox', { name: 'Runs as' })
      .selectOption({ label: `${OWNER.name} (${OWNER.email})` });
    await page.getByRole('button', { name: 'Mint it' }).click();
    await page.getByText('The grant is minted').waitFor();
    await page.goto('/servers/personal?tab=access');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Not connected').first().waitFor();
    expect(complaints).toEqual([]);
  }, 180_000);

  it('keeps who sees it and who approves', async () => {
    const key = await page.request.post('/api/v1/api-keys', {
      headers: { origin: gateway.url, 'sec-fetch-site': 'same-origin' },
      data: { label: 'reader', role: 'viewer' },
    });
    const { id } = (await key.json()) as { id: string };
    await page.goto('/servers/personal?tab=access');
    await page.getByRole('radio', { name: 'Admins and these' }).check();
    await page.getByRole('checkbox', { name: /reader/ }).check();
    await page.getByRole('button', { name: 'Save who sees it' }).click();
    const of = async (what: string): Promise<unknown> =>
      (await page.request.get(`/api/v1/servers/personal/${what}`)).json();
    await expect.poll(() => of('members'), { timeout: PATIENCE_MS }).toEqual({ members: [id] });
    await page.getByRole('combobox', { name: 'It takes' }).selectOption('2');
    await page.getByRole('textbox', { name: /^Only these/ }).fill(`${OWNER.email}\nbob@example.com\n`);
    await page.getByRole('button', { name: 'Save who approves' }).click();
    await expect
      .poll(() => of('approval-settings'), { timeout: PATIENCE_MS })
      .toMatchObject({ people: 2, approvers: [OWNER.email, 'bob@example.com'] });
    await page.reload();
    expect(await page.getByRole('checkbox', { name: /reader/ }).isChecked()).toBe(true);
  }, 120_000);

  it('adds a server that the catalogue knows, with the form filled in', async () => {
    const file = join(gateway.home, 'server.json');
    const remotes = [{ type: 'streamable-http', url: 'https://mail.acme.example/mcp' }];
    await writeFile(
      file,
      JSON.stringify({ name: 'com.acme/mail', title: 'Acme Mail', version: '2.0.0', remotes }),
    );
    const env = { PORTCULLIS_HOME: gateway.home };
    const imported = await runToEnd(PROGRAM, ['catalog', 'import', file, '--format', 'server-json'], { env });
    expect(imported.code, imported.stderr).toBe(0);
    await page.goto('/servers/add');
    await page.getByRole('tab', { name: 'From the catalogue' }).click();
    await page.getByRole('searchbox', { name: 'Search the catalogue' }).fill('acme mail');
    await page.getByRole('button', { name: 'Use Acme Mail' }).click();
    const url = page.getByRole('textbox', { name: 'URL' });
    await url.waitFor();
    expect(await url.inputValue()).toBe('https://mail.acme.example/mcp');
    expect(await page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Acme Mail');
  }, 120_000);

  it('sends a test of an alert, shows what came of it, and removes it', async () => {
    await page.goto('/settings?tab=alerts');
    await page.getByRole('button', { name: 'New alert' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('On call');
    const { port } = receiver.address() as AddressInfo;
    await page.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/hook`);
    await page.getByRole('checkbox', { name: 'A call was denied' }).check();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('it is shown this once').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The test was delivered').waitFor();
    expect(received).toHaveLength(1);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('checkbox', { name: 'It is on' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});
