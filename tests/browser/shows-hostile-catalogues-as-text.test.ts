import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser as Person, OWNER, ownerToken } from '../accounts/browser.ts';
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
import { notVisited } from './dashboard-paths.ts';
import { HOSTILE_NAMES, startHostileServer, type HostileServer } from './hostile-server.ts';
import { openBrowser, openPage } from './open-page.ts';

const MARKUP = '<b id="injected">bold</b>';
const INJECTED = encodeURIComponent(`${MARKUP}<img src=x onerror="window.owned=1">`);

describe.skipIf(noChromium)('a hostile server', () => {
  let gateway: TestGateway;
  let hostile: HostileServer;
  let browser: Browser;
  let server: RegisteredServer;
  let policy: string;
  let decision: string;
  let invitation: string;
  beforeAll(async () => {
    [gateway, hostile, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startHostileServer(200_000),
      openBrowser(),
    ]);
    server = await registerServer(gateway, { name: `Shop ${MARKUP}`, url: hostile.url });
    const refreshed = await gateway.api('POST', `/servers/${server.id}/tools/refresh`);
    expect(refreshed.status).toBe(200);
    const [first, second] = HOSTILE_NAMES as [string, string];
    const tools = { [first]: {}, [second]: { approve_if: [{ conditions: [], reason: MARKUP }] } };
    const document = { version: '1', default: 'deny', description: MARKUP, tools };
    policy = (await createPolicy(gateway, server.id, document, `Policy ${MARKUP}`)).id;
    const grant = await mintGrant(gateway, server.id, {
      label: `Grant ${MARKUP}`,
      policyId: policy,
      tags: [MARKUP],
    });
    await callHostileTools(server.gatewayUrl, grant.token);
    const { body } = await gateway.api<{ items: { id: string }[] }>('GET', '/decisions?limit=1');
    decision = body.items[0]!.id;
    await nameEverything();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    hostile?.close();
    await gateway?.stop();
  });

  /** What people name: themselves, their organization, keys, alerts, and whom they invite. */
  async function nameEverything(): Promise<void> {
    const owner = { ...OWNER, name: `Ada ${MARKUP}`, token: ownerToken(gateway) };
    const setup = await new Person(gateway).send('POST', '/api/v1/setup', owner);
    expect(setup.status).toBe(201);
    const made = async (method: string, path: string, body: object) => {
      const answer = await gateway.api<{ id: string }>(method, path, body);
      expect(answer.status, path).toBeLessThan(300);
      return answer.body.id;
    };
    await made('PATCH', '/organization', { name: `Org ${MARKUP}` });
    await made('POST', '/api-keys', { label: `Key ${MARKUP}`, role: 'viewer' });
    const channel = { channel: 'webhook', url: 'https://hooks.example.com/x', events: ['drift'] };
    await made('POST', '/alerts', { name: `Alert ${MARKUP}`, ...channel });
    invitation = await made('POST', '/invitations', { email: 'bob@example.com', role: 'viewer' });
  }

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
      ['/servers/add', 'Add the server'],
      ['/servers/add?tab=catalog', 'Google Maps'],
      [`/servers/new?catalog=${INJECTED}&tool=${INJECTED}`, 'could not be read'],
      [`/servers/${slug}?tab=settings`, 'Remove this server'],
      [`/servers/${slug}?tab=access&connect_error=${INJECTED}`, 'Who approves its calls'],
      [`/servers/${slug}/policies/new?tool=${encodeURIComponent(HOSTILE_NAMES[0]!)}`, 'Many tools at once'],
      [`/policies/${policy}?subject=${encodeURIComponent(HOSTILE_NAMES[4]!)}&call=${decision}`, MARKUP],
      [`/decisions/${decision}`, 'Policy version'],
      [`/log?text=${INJECTED}&tool=${INJECTED}`, 'No decision fits'],
      ['/approvals', 'javascript:'],
      ['/approvals/none', 'javascript:'],
      ['/settings', 'Ada <b'],
      ['/settings?tab=keys', 'Key <b'],
      ['/settings?tab=alerts', 'Alert <b'],
      ['/settings?tab=organization', 'This organization'],
      [`/join/${invitation}`, 'Org <b'],
      [`/sign-in?error=${INJECTED}&to=javascript:window.owned=1`, 'You could not be signed in'],
      [`/second-factor?to=javascript:window.owned=1`, 'Code of your authenticator app'],
      [`/new-password?error=${INJECTED}`, 'No password can be set'],
      [`/welcome?token=${INJECTED}`, 'Make the account'],
    ];
    expect(notVisited(places.map(([path]) => path))).toEqual([]);
    for (const [path, text] of places) {
      await page.goto(path);
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      await expectText(page, path);
    }
    expect(complaints).toEqual([]);
  }, 180_000);

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
    await page.getByRole('tab', { name: 'Attacks' }).click();
    await page.getByText('can be tried with these tools').waitFor();
    for (const row of await page.getByRole('list', { name: 'Attacks' }).locator('summary').all())
      await row.click();
    await expectText(page, 'attacks');
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
  const args = { [HOSTILE_NAMES[0]!]: HOSTILE_NAMES[0], [MARKUP]: MARKUP };
  for (const [index, name] of HOSTILE_NAMES.entries())
    await send(index + 2, 'tools/call', { name, arguments: args }, session);
}
