/** Promise: the log's page leaves no call out, says when, who and on whose approval, and how its copy is proved. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
  type V1Client,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  tools: { echo: {}, read_note: {}, write_note: { approve_if: [{ conditions: [], reason: 'Look.' }] } },
};

describe.skipIf(noChromium)("the log's page", () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  let guarded: GuardedServer;
  let client: V1Client;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startFixture('recorder'),
      openBrowser(),
    ]);
    guarded = await guardServer(gateway, { name: 'Notes', url: recorder.url }, POLICY);
    client = await v1Client(guarded.url, { token: guarded.token });
  });
  afterAll(async () => {
    await client?.close();
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  const rowOf = (page: Page, text: string) =>
    page.getByRole('list', { name: 'Decisions' }).getByRole('button').filter({ hasText: text });

  it('shows after a pause what was decided meanwhile, in order', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/log');
    await page.getByText('Live', { exact: true }).waitFor();
    await client.callTool('echo', { text: 'before' });
    await rowOf(page, 'echo').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await client.callTool('read_note', { text: 'meanwhile' });
    await page.getByRole('button', { name: 'Go on' }).click();
    await rowOf(page, 'read_note').waitFor();
    const rows = await page.getByRole('list', { name: 'Decisions' }).getByRole('button').allInnerTexts();
    expect(rows.findIndex((row) => row.includes('read_note'))).toBeLessThan(
      rows.findIndex((row) => row.includes('echo')),
    );
  });

  it('says on which day, in whose time, and leads to grant, server and policy', async () => {
    const { page } = await openPage(browser, gateway.url, {
      key: gateway.adminKey,
      timezoneId: 'Asia/Kolkata',
    });
    await page.clock.install({ time: Date.now() + 2 * 86_400_000 });
    await page.goto('/log');
    const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'Asia/Kolkata' });
    await rowOf(page, 'echo')
      .filter({ hasText: day.format(new Date()) })
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('GMT+5:30').waitFor();
    await drawer.getByRole('link', { name: 'Notes' }).waitFor();
    expect(await drawer.getByRole('link', { name: '1', exact: true }).getAttribute('href')).toContain(
      `/policies/${guarded.policyId}`,
    );
    await drawer.getByRole('link', { name: 'test' }).click();
    await drawer.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('grant')).toBe(guarded.grant.id);
  });

  it('says who agreed to a call, and leads to what they saw', async () => {
    const asked = textOf(await client.callTool('write_note', { text: 'approved' }));
    const id = /\/approvals\/([0-9a-f-]{36})/.exec(asked)?.[1];
    await gateway.api('POST', `/approvals/${id}/approve`, { reason: 'Seen.' });
    expect((await client.callTool('write_note', { text: 'approved' })).isError ?? false).toBe(false);
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/log?tool=write_note&outcome=allow');
    await rowOf(page, 'write_note').click();
    const facts = page.getByRole('dialog', { name: 'Decision' });
    await facts.getByText('Approved by').waitFor();
    await facts.getByText('PORTCULLIS_ADMIN_KEY').waitFor();
    await page.getByRole('link', { name: /who answered/ }).click();
    const approval = page.getByRole('dialog', { name: 'Approval' });
    await approval.getByText('PORTCULLIS_ADMIN_KEY').waitFor();
    await approval.getByText('Seen.').waitFor();
  });

  it('saves excerpts, and says how the log itself is proved', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/log?tool=echo');
    await rowOf(page, 'echo').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'As JSON lines' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^decisions-\d{4}-\d\d-\d\d\.jsonl$/);
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({ tool: 'echo' });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'A copy that proves itself…' }).click();
    await page.getByRole('dialog').getByText('npx portcullis log verify log.jsonl').waitFor();
  });

  it('lists admin events with what they were about, and saves them all', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/settings?tab=events');
    const event = page.getByRole('listitem').filter({ hasText: 'grant.mint' });
    await event.getByText('label: test').waitFor();
    await event.getByText(guarded.grant.id).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as JSON lines' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).action)).toContain('server.create');
  });
});
