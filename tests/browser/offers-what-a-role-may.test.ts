/** Promise: the dashboard offers nobody what the API then refuses them, and old or foreign links still show something. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  startFixture,
  startGateway,
  v1Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('a viewer', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  let guarded: GuardedServer;
  let page: Page;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway(),
      startFixture('recorder'),
      openBrowser(),
    ]);
    guarded = await guardServer(
      gateway,
      { name: 'Notes', url: recorder.url },
      { version: '1', default: 'deny' },
    );
    const client = await v1Client(guarded.url, { token: guarded.token });
    await client.callTool('echo', { text: 'x' });
    await client.close();
    const { body } = await gateway.api<{ key: string }>('POST', '/api-keys', {
      label: 'viewer',
      role: 'viewer',
    });
    ({ page } = await openPage(browser, gateway.url, { key: body.key }));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  const refused: string[] = [];
  const open = async (path: string, text: string): Promise<void> => {
    page.removeAllListeners('response');
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(`${path}: ${answer.url()}`);
    });
    await page.goto(path);
    await page.getByText(text).first().waitFor();
  };

  it('is offered nothing that is refused', async () => {
    const offers = page.getByRole('main').getByRole('button').or(page.getByRole('main').getByRole('link'));
    for (const [path, text] of [
      ['/', 'Needs a look'],
      ['/servers', 'Notes'],
      ['/servers/notes', 'echo'],
      ['/servers/notes?tab=policies', 'Version 1'],
      ['/servers/notes?tab=grants', 'its calls'],
      ['/servers/notes?tab=access', 'Sign-in at the server'],
      ['/servers/notes?tab=settings', 'Only admins change servers'],
      ['/servers/add', 'Only admins add servers'],
      ['/servers/notes/policies/new', 'Only policy managers and admins make policies'],
      ['/policies', 'Version 1'],
      ['/grants', 'its calls'],
      ['/start', 'Only admins mint grants'],
      ['/stack', 'Nobody can call it'],
      ['/settings', 'member'],
      ['/settings?tab=alerts', 'Alerts'],
    ] as const) {
      await open(path, text);
      const names = await offers.allInnerTexts();
      expect(
        names.filter((name) => /^(Add|Mint|Make|Build|New|Invite|Remove|Revoke|Save|Ask)/.test(name)),
        path,
      ).toEqual([]);
    }
    expect(refused).toEqual([]);
  }, 60_000);

  it('reads a decision, and is not offered to make a rule from it', async () => {
    await open('/log', 'echo');
    await page.getByRole('button', { name: /echo/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Policy version').waitFor();
    expect(await drawer.getByRole('link', { name: /^Make a/ }).count()).toBe(0);
  });

  it('sees the first tab where a link names one that is not theirs', async () => {
    await open('/settings?tab=events', 'member');
    await page.getByRole('tab', { name: 'Members', selected: true }).waitFor();
    await open('/servers/notes?tab=bogus', 'echo');
  });
});
