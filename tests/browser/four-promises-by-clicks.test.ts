/**
 * Promise: allow, deny, limit and ask, made by clicks in the dashboard, are what a real client meets, in both eras; an
 * approval is one click.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  registerServer,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v2Client,
  type Fixture,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';
import { policyText } from './policy-text.ts';

const PATIENT_MS = 60_000;

describe.skipIf(noChromium)('the four promises, by clicks', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' }, readyMs: PATIENT_MS }),
      startFixture('recorder'),
      openBrowser(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  }, 120_000);

  const open = async (): Promise<{ page: Page; complaints: readonly string[] }> => {
    const opened = await openPage(browser, gateway.url, { key: gateway.adminKey });
    opened.page.setDefaultTimeout(PATIENT_MS);
    return opened;
  };

  it.each([
    ['Legacy', (url: string, token: string) => v1Client(url, { token })],
    ['Modern', (url: string, token: string) => v2Client(url, 'modern', { token })],
  ] as const)(
    'of the era called %s',
    async (era, connect: (url: string, token: string) => Promise<ToolClient>) => {
      const { id } = await registerServer(gateway, { name: era, url: recorder.url });
      await gateway.api('POST', `/servers/${id}/tools/refresh`);
      const { page, complaints } = await open();
      await makePolicy(page, era);
      const token = await mintGrant(page, era);
      const client = await connect(`${gateway.url}/mcp/${era.toLowerCase()}`, token);
      const arrived = async (text: string): Promise<number> =>
        (await recorder.calls('tools/call')).filter((call) => JSON.stringify(call).includes(text)).length;

      const allowed = await client.callTool('read_note', { text: `allowed ${era}` });
      expect(allowed.isError ?? false).toBe(false);
      expect(await arrived(`allowed ${era}`)).toBe(1);

      const denied = await client.callTool('delete_account', { text: `denied ${era}` });
      expect(denied.isError).toBe(true);
      expect(textOf(denied)).toContain('[POLICY DENIED]');
      expect(await arrived(`denied ${era}`)).toBe(0);

      const limited = [];
      for (let call = 0; call < 4; call += 1)
        limited.push(await client.callTool('echo', { text: `limited ${era}` }));
      expect(limited.map(({ isError }) => isError === true)).toEqual([false, false, true, true]);
      expect(textOf(limited[3]!)).toMatch(/2 .*day|day.* 2/);
      expect(await arrived(`limited ${era}`)).toBe(2);

      const text = `approved ${era}`;
      const asked = textOf(await client.callTool('write_note', { text }));
      expect(asked).toContain('[APPROVAL REQUIRED]');
      await answerByClick(page, asked, text, 'Agree to this call', 'approved');
      expect(await arrived(text)).toBe(0);
      expect((await client.callTool('write_note', { text })).isError ?? false).toBe(false);
      expect(textOf(await client.callTool('write_note', { text }))).toContain('[APPROVAL REQUIRED]');
      expect(await arrived(text)).toBe(1);

      const refused = `refused ${era}`;
      const question = textOf(await client.callTool('write_note', { text: refused }));
      await answerByClick(page, question, refused, 'Refuse', 'denied');
      expect(textOf(await client.callTool('write_note', { text: refused }))).toContain('Not this one');
      expect(await arrived(refused)).toBe(0);

      expect(complaints).toEqual([]);
      await client.close();
    },
    300_000,
  );
});

/** One rule of each kind; everything else is denied. */
async function makePolicy(page: Page, era: string): Promise<void> {
  await page.goto(`/servers/${era.toLowerCase()}/policies/new`);
  await page.getByRole('textbox', { name: 'Policy as JSON' }).waitFor();
  const choose = (tool: string, state: string): Promise<unknown> =>
    page.getByLabel(`What holds for ${tool}`).selectOption(state);
  await choose('read_note', 'allow');
  await choose('delete_account', 'deny');
  await choose('write_note', 'ask');
  await choose('echo', 'custom');
  await page.getByRole('button', { name: 'Add a rate limit' }).click();
  await page.getByLabel('At most', { exact: true }).fill('2');
  await page.getByLabel('Window').selectOption('day');
  await page.getByRole('group', { name: 'at most 2 calls a day with one grant' }).waitFor();
  expect(JSON.parse(await policyText(page))).toMatchObject({
    default: 'deny',
    tools: { echo: { limits: [{ max: 2, window: 'day' }] } },
  });
  await page.getByText('Valid, and every name in it is known.').waitFor();
  await page.getByLabel('Name of the policy').fill(`Promises, ${era}`);
  await page.getByRole('button', { name: 'Create the policy' }).click();
  await page.getByRole('heading', { name: `Promises, ${era}` }).waitFor();
}

/** @returns the token that the dialog shows */
async function mintGrant(page: Page, era: string): Promise<string> {
  await page.goto('/grants');
  await page.getByRole('button', { name: 'Mint a grant' }).click();
  const dialog = page.getByRole('dialog');
  const label = dialog.getByRole('textbox', { name: 'Label' });
  await label.waitFor();
  const server = dialog.getByLabel('Server', { exact: true });
  if ((await server.count()) > 0) await server.selectOption({ label: era });
  await label.fill(`agent of ${era}`);
  await dialog.getByLabel('Policy').selectOption({ label: `Promises, ${era}` });
  await dialog.getByRole('button', { name: 'Mint it' }).click();
  await dialog.getByRole('radio', { name: 'Plain JSON' }).check();
  const configuration = dialog.getByRole('region', { name: 'Configuration for Plain JSON' });
  const token = /pcg_[\w-]+/.exec(await configuration.innerText())?.[0];
  expect(token).toBeDefined();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return token!;
}

/** Opens the page that the agent was given, reads what it asked for, and clicks. */
async function answerByClick(
  page: Page,
  asked: string,
  text: string,
  button: string,
  outcome: string,
): Promise<void> {
  await page.goto(/\/approvals\/[0-9a-f-]{36}/.exec(asked)?.[0] ?? 'no link');
  await page.getByText(text).first().waitFor();
  const decided = page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' && /\/approvals\/[^/]+\/(approve|deny)$/.test(response.url()),
  );
  if (outcome === 'denied') await page.getByLabel('Reason').fill('Not this one');
  await page.getByRole('button', { name: button, exact: true }).click();
  expect((await decided).status()).toBe(200);
  await page.getByText(new RegExp(outcome, 'i')).first().waitFor();
}
