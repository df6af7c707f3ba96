import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOf } from '../accounts/browser.ts';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  startFixture,
  startGateway,
  v1Client,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { colorViolations, violations } from './axe.ts';
import { overlays, type Overlay } from './dialogs.ts';
import { openBrowser, openPage } from './open-page.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  tools: {
    execute_code: { limits: [{ counter: 'x', window: 'minute', max: 1 }] },
    delete_skill: { approve_if: [{ conditions: [], reason: 'Look at it first.' }] },
  },
};

describe.skipIf(noChromium)('everything that opens above a page', () => {
  let gateway: TestGateway;
  let codeforge: Fixture;
  let browser: Browser;
  let all: readonly Overlay[];

  beforeAll(async () => {
    [gateway, codeforge, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startFixture('codeforge-stand-in'),
      openBrowser(),
    ]);
    const guarded = await guardServer(gateway, { name: 'Forge', url: codeforge.url }, POLICY);
    await gateway.api('POST', `/servers/${guarded.server.id}/tools/refresh`);
    await gateway.api('PUT', `/policies/${guarded.policyId}`, { document: POLICY, note: 'The same again' });
    await gateway.api('POST', '/servers', {
      name: 'Personal',
      url: codeforge.url,
      auth: { type: 'oauth', perUser: true },
    });
    await gateway.api('POST', '/alerts', {
      name: 'On call',
      channel: 'webhook',
      url: 'https://hooks.example.com/x',
      events: ['drift'],
    });
    await gateway.api('POST', '/api-keys', { label: 'ci', role: 'viewer' });
    const client = await v1Client(guarded.url, { token: guarded.token });
    await client.sdk.callTool({ name: 'execute_code', arguments: { code: '1' } });
    await client.sdk.callTool({ name: 'delete_skill', arguments: { name: 'x' } });
    await client.close();
    await ownerOf(gateway);
    all = overlays(guarded.policyId);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), codeforge?.stop()]);
  });

  it('keeps WCAG AA and fits (light, dark and on a phone), keeps the focus while it is open, and ends with Escape', async () => {
    const found: string[] = [];
    const start = () => openPage(browser, gateway.url, { key: gateway.adminKey });
    let { page, complaints } = await start();
    for (const one of all) {
      const name = `${one.path} ${one.item ?? one.shown}`;
      const problems = await visit(page, one).catch((error: unknown) => [String(error)]);
      found.push(...[...problems, ...complaints.splice(0)].map((problem) => `${name}: ${problem}`));
      if (one.drafts !== true) continue;
      // The browser asks before it leaves such a page for the next one.
      await page.context().close();
      ({ page, complaints } = await start());
    }
    expect(found).toEqual([]);
  }, 300_000);
});

async function visit(page: Page, one: Overlay): Promise<readonly string[]> {
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, one);
  const problems = await looksGood(page, one);
  await page.setViewportSize(NARROW);
  if (one.role !== 'menu') problems.push(...(await leftByTabs(page)));
  await page.keyboard.press('Escape');
  await overlay(page, one).waitFor({ state: 'detached', timeout: 5000 });
  await expect
    .poll(() => one.opener(page).evaluate((element) => element === element.ownerDocument.activeElement))
    .toBe(true)
    .catch(async () => {
      const where = await page.evaluate<string>(FOCUSED);
      problems.push(`the focus is not given back, it is on ${where}`);
    });
  return problems;
}

async function looksGood(page: Page, { phoneOnly = false }: Overlay): Promise<string[]> {
  const problems: string[] = [];
  const note = (how: string, seen: readonly string[]): void =>
    void problems.push(...seen.map((problem) => `${how}: ${problem}`));
  await page.setViewportSize(phoneOnly ? PHONE : DESK);
  note('light', [...(await violations(page)), ...(await sideways(page))]);
  await page.emulateMedia({ colorScheme: 'dark' });
  note('dark', await colorViolations(page));
  if (phoneOnly) return problems;
  await page.setViewportSize(PHONE);
  note('phone', [...(await violations(page)), ...(await sideways(page))]);
  return problems;
}

const PHONE = { width: 375, height: 800 };
const DESK = { width: 1280, height: 900 };
const NARROW = { width: 767, height: 900 };

const FOCUSED = `(document.activeElement?.outerHTML ?? '').slice(0, 120)`;
/** Notes where the focus is after each `Tab`. */
const NOTE_KEYS = `{
  globalThis.noted = [];
  addEventListener('keyup', ({ key, shiftKey }) => {
    if (key !== 'Tab') return;
    const { activeElement: on, body } = document;
    const where = on === body || on?.closest('dialog') ? '' : (on?.outerHTML ?? '').slice(0, 120);
    noted.push({ key: shiftKey ? 'Shift+Tab' : 'Tab', where });
  }, true);
}`;

/** Where `Tab` and `Shift+Tab` lead, out of a dialog. */
async function leftByTabs(page: Page): Promise<readonly string[]> {
  await page.evaluate(NOTE_KEYS);
  const keys = [...Array<string>(30).fill('Tab'), ...Array<string>(30).fill('Shift+Tab')];
  for (const key of keys) await page.keyboard.press(key);
  const noted = await page.evaluate<readonly { key: string; where: string }[]>('noted');
  expect(noted.map(({ key }) => key)).toEqual(keys);
  return noted.flatMap(({ key, where }) => (where === '' ? [] : [`${key} leads out of it, to ${where}`]));
}

const overlay = (page: Page, { role }: Overlay) => page.getByRole(role ?? 'dialog').last();

/** With the keyboard alone. */
async function open(page: Page, one: Overlay): Promise<void> {
  await page.goto(one.path);
  await one.before?.(page);
  const opener = one.opener(page);
  await opener.waitFor();
  await opener.focus();
  await page.keyboard.press('Enter');
  if (one.item !== undefined) {
    const item = page.getByRole('menuitem', { name: one.item });
    await item.focus();
    await page.keyboard.press('Enter');
  }
  await one.inside?.(page);
  await overlay(page, one)
    .getByText(one.shown)
    .or(overlay(page, one).getByLabel(one.shown))
    .first()
    .waitFor();
}

async function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate<
    string[]
  >(`[document.documentElement, ...document.querySelectorAll('dialog, dialog > div > div')]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => 'scrolls sideways: ' + one.outerHTML.slice(0, 80))`);
}
