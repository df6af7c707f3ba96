import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolPath } from '../../src/catalog/pages/page-paths.ts';
import { HOSTILE_TOOLS } from '../../src/catalog/pages/testing/hostile-servers.ts';
import { noChromium } from '../kit/chromium.ts';
import { violations } from './axe.ts';
import { serveCataloguePages, type ServedPages } from './catalogue-pages.ts';
import { openBrowser } from './open-page.ts';

const TOOL = '/catalog/orgo-mcp/orgo_exec';
const PATHS = [
  '/catalog',
  '/catalog?q=orgo&show=tools',
  '/catalog/orgo-mcp',
  '/catalog/codeforge-mcp',
  TOOL,
  '/catalog/shop/refund_payment',
  '/catalog/orgo-mcp/orgo-exec',
  '/catalog/hostile',
  toolPath('hostile', HOSTILE_TOOLS[0]!.name as string) as string,
  '/risk',
  '/risk/critical',
  '/categories/read',
  '/attacks',
  '/attacks/code-for-the-agent',
  '/contact',
];
const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

describe.skipIf(noChromium)('the catalogue’s pages', () => {
  let browser: Browser;
  let served: ServedPages;

  beforeAll(async () => {
    browser = await openBrowser();
    served = await serveCataloguePages();
  });
  afterAll(async () => {
    await browser.close();
    served.close();
  });

  async function visit<Result>(
    path: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const context = await browser.newContext({ baseURL: served.url, ...options });
    try {
      const page = await context.newPage();
      await page.goto(path);
      return await look(page);
    } finally {
      await context.close();
    }
  }

  describe.each([
    ['light', 'wide'],
    ['dark', 'phone'],
  ] as const)('%s, %s', (colorScheme, size) => {
    let page: Page;
    beforeAll(async () => {
      const options = { baseURL: served.url, colorScheme, viewport: SIZES[size], bypassCSP: true };
      page = await browser.newPage(options);
    });
    afterAll(() => page.close());

    it.each(PATHS)('%s is accessible, and fits', async (path) => {
      await page.goto(path);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      const beside = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(await violations(page)).toEqual([]);
      expect(beside).toBeLessThanOrEqual(0);
    });
  });

  it('what axe looks for is found', async () => {
    const faint = 'document.querySelector(".lead").style.color = "#ccc"';
    const found = await visit('/risk', { bypassCSP: true, colorScheme: 'light' }, async (page) => {
      await page.evaluate(faint);
      return violations(page);
    });
    expect(found).toEqual([expect.stringContaining('color-contrast')]);
  });

  it('no page breaks a rule of its own content policy', async () => {
    const said: string[] = [];
    await visit('/contact', {}, async (page) => {
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      page.on('dialog', (dialog) => void said.push(dialog.message()));
      for (const path of PATHS) await page.goto(path);
    });
    expect(said.filter((text) => !text.includes('404 (Not Found)'))).toEqual([]);
  });

  it('the policy is copied as it is printed', async () => {
    const copied = await visit(TOOL, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.locator('button[data-copy="policy-balanced"]').click();
      await page.getByText('Copied').waitFor();
      return page.evaluate('navigator.clipboard.readText()');
    });
    expect(copied).toContain('"counter": "orgo_exec_rate"');
    expect(JSON.parse(copied as string)).toMatchObject({ version: '1', default: 'deny' });
  });

  it('nothing but the copy buttons is missing without script', async () => {
    await visit(TOOL, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('button[data-copy]').first().isVisible()).toBe(false);
      const question = page.locator('.questions details').first();
      await question.locator('summary').click();
      expect(await question.locator('p').first().isVisible()).toBe(true);
    });
  });

  it('the keyboard goes past the navigation at once', async () => {
    await visit(TOOL, {}, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
    });
  });

  it('a letter goes from a tool’s page to the operator, with the browser’s own headers', async () => {
    await visit(TOOL, { javaScriptEnabled: false }, async (page) => {
      await page.getByLabel('Your e-mail address').fill('ada@example.com');
      await page.getByLabel('Message').fill('first line\nsecond line');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('Read it once more').waitFor();
      served.advance(5000);
      await page.getByRole('button', { name: 'Send the message' }).click();
      await page.getByRole('heading', { name: 'Message sent' }).waitFor();
    });
    expect(served.letters).toMatchObject([
      { email: 'ada@example.com', message: 'first line\nsecond line', page: TOOL },
    ]);
  });
});
