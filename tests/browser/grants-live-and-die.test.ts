import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  createPolicy,
  rawPost,
  registerServer,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

describe.skipIf(noChromium)('servers and grants', () => {
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

  it('come from a pasted client configuration, with its secrets sealed', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/servers/add');
    await page.getByRole('tab', { name: 'Paste a client configuration' }).click();
    const configuration = {
      mcpServers: {
        orgo: { url: orgo.url, headers: { 'X-Orgo-API-Key': 'test-orgo-key' } },
        local: { command: 'node', args: ['server.js'] },
      },
    };
    await page.getByRole('textbox', { name: 'Configuration' }).fill(JSON.stringify(configuration));
    await page.getByText('It starts a program').waitFor();
    await page.getByRole('button', { name: 'Add 1 server' }).click();
    await page.getByText('Added · 28 tools').waitFor();
    await page.goto('/servers/orgo?tab=settings');
    await page.getByText('Sealed headers', { exact: true }).waitFor();
    expect(await page.getByText('X-Orgo-API-Key').isVisible()).toBe(true);
    expect(await page.content()).not.toContain('test-orgo-key');
    expect(complaints).toEqual([]);
  });

  it('mint, show, rotate and revoke, and the gateway follows', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    const token = async (): Promise<string> => {
      await page.getByRole('radio', { name: 'Plain JSON' }).check();
      const text = await page.getByRole('region', { name: 'Configuration for Plain JSON' }).innerText();
      return /pcg_[\w-]+/.exec(text)?.[0] ?? '';
    };
    const status = async (bearer: string): Promise<number> =>
      (await rawPost(`${gateway.url}/mcp/orgo`, PING, { authorization: `Bearer ${bearer}` })).status;
    await page.goto('/grants');
    await page.getByRole('button', { name: 'Mint a grant' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('alice');
    await page.getByLabel(/^Owner/).fill('Alice of payments');
    await page.getByRole('button', { name: 'Mint it' }).click();
    const first = await token();
    expect(await status(first)).not.toBe(401);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Alice of payments').waitFor();

    await page.getByRole('button', { name: 'Actions on alice' }).click();
    await page.getByRole('menuitem', { name: /^Rotate/ }).click();
    await page.getByLabel('The old token still works').selectOption('0');
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const second = await token();
    expect(second).not.toBe(first);
    expect(await status(first)).toBe(401);
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('button', { name: 'Actions on alice' }).click();
    await page.getByRole('menuitem', { name: /^Revoke/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await status(second)).not.toBe(401);
    await page.getByRole('button', { name: 'Actions on alice' }).click();
    await page.getByRole('menuitem', { name: /^Revoke/ }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('The grant is revoked').waitFor();
    expect(await status(second)).toBe(401);
    expect(complaints).toEqual([]);
  });

  it('reach several servers, each under its own policy, at one address', async () => {
    const second = await registerServer(gateway, { name: 'second', url: orgo.url });
    const policy = await createPolicy(gateway, second.id, { version: '1', default: 'allow' }, 'open');
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/grants');
    await page.getByRole('button', { name: 'Mint a grant' }).click();
    await page.getByLabel('Server', { exact: true }).selectOption({ label: 'orgo' });
    await page.getByRole('textbox', { name: 'Label' }).fill('shared');
    await page.getByRole('checkbox', { name: 'second' }).check();
    await page.getByLabel('Policy on second').selectOption(policy.id);
    await page.getByRole('button', { name: 'Mint it' }).click();
    await page.getByRole('radio', { name: 'Plain JSON' }).check();
    const text = await page.getByRole('region', { name: 'Configuration for Plain JSON' }).innerText();
    expect(text).toContain(`${gateway.url}/mcp"`);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('and 1 more server').waitFor();
    const { body } = await gateway.api<{ items: { label: string; servers: object[] }[] }>(
      'GET',
      `/servers/${second.id}/grants`,
    );
    expect(body.items[0]?.servers[1]).toEqual({ serverId: second.id, policyId: policy.id });
    expect(complaints).toEqual([]);
  });

  it('change the servers of a grant, after saying what begins and what stops, and take it back', async () => {
    const third = await registerServer(gateway, { name: 'third', url: orgo.url });
    await createPolicy(gateway, third.id, { version: '1', default: 'allow' }, 'third-policy');
    const minted = await gateway.api<{ id: string; token: string; servers: object[] }>('POST', '/grants', {
      label: 'moves',
      servers: [{ server: 'second' }],
    });
    const { id, token } = minted.body;
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    const status = async (server: string): Promise<number> =>
      (await rawPost(`${gateway.url}/mcp/${server}`, PING, { authorization: `Bearer ${token}` })).status;
    const servers = async () => {
      type Listed = { items: { grants: { id: string; servers: object[] }[] }[] };
      const { body } = await gateway.api<Listed>('GET', '/inventory');
      return body.items.flatMap(({ grants }) => grants).find((grant) => grant.id === id)?.servers;
    };
    const before = minted.body.servers;
    expect([await status('second'), await status('third')]).toEqual([expect.not.toBeOneOf([401, 403]), 403]);
    await page.goto('/grants');
    const open = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Actions on moves' }).click();
      await page.getByRole('menuitem', { name: 'Servers and policies…' }).click();
    };
    await open();
    const dialog = page.getByRole('dialog');
    const review = dialog.getByRole('button', { name: 'See what changes' });
    expect(await review.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'second' }).uncheck();
    await dialog.getByText('A grant reaches one server at least').waitFor();
    expect(await review.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'third' }).check();
    await review.click();
    const said = await dialog.getByRole('listitem').allInnerTexts();
    expect(said[0]).toMatch(/second\s+Stops\s+Its calls are refused from the next message on/);
    expect(said[1]).toMatch(/third\s+Becomes reachable\s+Calls are judged by third-policy/);
    expect(await servers()).toEqual(before);
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect(await dialog.getByRole('checkbox', { name: 'third' }).isChecked()).toBe(true);
    await review.click();
    await dialog.getByRole('button', { name: 'Change it' }).click();
    await page.getByText('moves reaches other servers').waitFor();
    expect(await status('second')).toBe(403);
    expect(await status('third')).not.toBe(403);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('reaches what it did before').waitFor();
    expect(await servers()).toEqual(before);
    expect(await status('third')).toBe(403);
    expect(complaints).toEqual([]);
  });
});
