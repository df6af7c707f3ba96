/** Promise: what a link of the catalogue or of an asking agent points to is one click away from done. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v2Client,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

const ASK = { version: '1', default: 'deny', tools: { write_note: { action: 'require_approval' } } };

describe.skipIf(noChromium)('links into the dashboard', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startFixture('recorder'),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  it.each([
    ['the legacy era', (url: string, token: string) => v1Client(url, { token })],
    ['the modern era', (url: string, token: string) => v2Client(url, 'modern', { token })],
  ])('an agent of %s calls again once a person agreed by a click', async (era, connect) => {
    const guarded = await guardServer(gateway, { name: `notes of ${era}`, url: recorder.url }, ASK);
    const client = await connect(guarded.url, guarded.token);
    const arguments_ = { text: `for ${era}` };
    const arrived = async (): Promise<number> =>
      (await recorder.calls('tools/call')).filter((body) => JSON.stringify(body).includes(`for ${era}`))
        .length;
    const asked = textOf(await client.callTool('write_note', arguments_));
    expect(asked).toContain('[APPROVAL REQUIRED]');
    expect(await arrived()).toBe(0);
    const link = /\/approvals\/[0-9a-f-]{36}/.exec(asked)?.[0] ?? '';
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(link);
    await page.getByText(`for ${era}`).first().waitFor();
    await page.getByRole('button', { name: 'Agree to this call' }).click();
    await page
      .getByText(/approved/i)
      .first()
      .waitFor();
    expect((await client.callTool('write_note', arguments_)).isError).not.toBe(true);
    expect(await arrived()).toBe(1);
    expect(textOf(await client.callTool('write_note', arguments_))).toContain('[APPROVAL REQUIRED]');
    expect(await arrived()).toBe(1);
    expect(complaints).toEqual([]);
    await client.close();
  });

  it('the rule of a catalogue page opens in the builder', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/catalog/modelcontextprotocol-server-memory/delete_entities');
    await page.getByRole('link', { name: 'open it in the builder' }).click();
    await page.getByRole('link', { name: 'notes of the legacy era' }).click();
    await page.getByRole('button', { name: 'Create the policy' }).waitFor();
    await page.getByText('"delete_entities"').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
