import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  createPolicy,
  mintGrant,
  rawPost,
  registerServer,
  startGateway,
  type RegisteredServer,
  type TestGateway,
} from '../kit/index.ts';
import { HOSTILE_NAMES, startHostileServer, type HostileServer } from './hostile-server.ts';
import { openBrowser, openPage } from './open-page.ts';

const MARKUP = '<b id="injected">bold</b>';

describe.skipIf(noChromium)('a hostile server', () => {
  let gateway: TestGateway;
  let hostile: HostileServer;
  let browser: Browser;
  let server: RegisteredServer;
  let policy: string;
  beforeAll(async () => {
    [gateway, hostile, browser] = await Promise.all([
      startGateway(),
      startHostileServer(200_000),
      openBrowser(),
    ]);
    server = await registerServer(gateway, { name: `Shop ${MARKUP}`, url: hostile.url });
    const refreshed = await gateway.api('POST', `/servers/${server.id}/tools/refresh`);
    expect(refreshed.status).toBe(200);
    const tools = Object.fromEntries(HOSTILE_NAMES.slice(0, 2).map((name) => [name, {}]));
    const document = { version: '1', default: 'deny', description: MARKUP, tools };
    policy = (await createPolicy(gateway, server.id, document, `Policy ${MARKUP}`)).id;
    const grant = await mintGrant(gateway, server.id, {
      label: `Grant ${MARKUP}`,
      policyId: policy,
      tags: [MARKUP],
    });
    await callHostileTools(server.gatewayUrl, grant.token);
  });
  afterAll(async () => {
    await browser?.close();
    hostile?.close();
    await gateway?.stop();
  });

  it('stays text on every page', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    const slug = server.gatewayUrl.split('/').at(-1)!;
    const places: readonly (readonly [string, string])[] = [
      ['/', 'Needs a look'],
      ['/servers', 'Shop'],
      [`/servers/${slug}`, 'Healthy'],
      [`/servers/${slug}?tool=${encodeURIComponent(HOSTILE_NAMES[0]!)}`, 'Why it is'],
      [`/servers/${slug}?tab=policies`, 'Policy <b'],
      [`/servers/${slug}?tab=grants`, 'Grant <b'],
      ['/policies', 'Policy <b'],
      [`/policies/${policy}?subject=${encodeURIComponent(HOSTILE_NAMES[0]!)}`, 'Many tools at once'],
      ['/grants', 'Grant <b'],
      ['/log', 'Grant <b'],
      ['/stack', 'Grant <b'],
      ['/settings?tab=events', 'policy.create'],
      ['/start', 'Register a server'],
    ];
    for (const [path, text] of places) {
      await page.goto(path);
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      await expectText(page, path);
    }
    expect(complaints).toEqual([]);
  });

  it('stays text in the builder, in words, on trial, and in a decision', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(`/policies/${policy}`);
    await page.getByLabel(`What holds for ${HOSTILE_NAMES[0]!}`).selectOption('custom');
    await page.getByRole('button', { name: 'Add a requirement' }).click();
    await page.getByRole('button', { name: 'Add a rate limit' }).click();
    await expectText(page, 'rules');
    await page.getByRole('tab', { name: 'In words' }).click();
    await page.getByText('Everything else').waitFor();
    await expectText(page, 'words');
    await page.getByRole('tab', { name: 'Try a call' }).click();
    await page.getByRole('button', { name: 'Judge it' }).click();
    await page.getByRole('region', { name: 'Verdict' }).waitFor();
    await expectText(page, 'verdict');
    expect(complaints).toEqual([]);
  });

  it('cannot make a deceiving name look like another one', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(`/servers/${server.gatewayUrl.split('/').at(-1)!}`);
    await page.getByText('safe⟨U+202E⟩exe.txt⟨U+200B⟩⟨U+E0041⟩').first().waitFor();
  });
});

async function expectText(page: Page, where: string): Promise<void> {
  const state = await page.evaluate<{ owned: unknown; injected: number }>(
    `({ owned: window.owned, injected: document.querySelectorAll('#injected, img, svg[onload], script:not([src])').length })`,
  );
  expect(state, where).toEqual({ owned: undefined, injected: 0 });
}

async function callHostileTools(url: string, token: string): Promise<void> {
  const authorization = `Bearer ${token}`;
  const clientInfo = { name: MARKUP, version: MARKUP };
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  const send = (id: number, method: string, params: unknown, session?: string) =>
    rawPost(url, JSON.stringify({ jsonrpc: '2.0', id, method, params }), {
      authorization,
      'mcp-protocol-version': '2025-06-18',
      ...(session === undefined ? {} : { 'mcp-session-id': session }),
    });
  const opened = await send(1, 'initialize', hello);
  const session = opened.headers['mcp-session-id'] as string | undefined;
  for (const [index, name] of HOSTILE_NAMES.entries())
    await send(index + 2, 'tools/call', { name, arguments: { [MARKUP]: MARKUP } }, session);
}
