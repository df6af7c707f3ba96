import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  guardServer,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { colorViolations, violations } from './axe.ts';
import { notVisited } from './dashboard-paths.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('every page', () => {
  let gateway: TestGateway;
  let codeforge: Fixture;
  let browser: Browser;
  let guarded: GuardedServer;
  beforeAll(async () => {
    [gateway, codeforge, browser] = await Promise.all([
      startGateway(),
      startFixture('codeforge-stand-in'),
      openBrowser(),
    ]);
    guarded = await guardServer(
      gateway,
      { name: 'Forge', url: codeforge.url },
      {
        version: '1',
        default: 'deny',
        tools: { execute_code: { limits: [{ counter: 'x', window: 'minute', max: 1 }] } },
      },
    );
    await gateway.api('POST', `/servers/${guarded.server.id}/tools/refresh`);
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
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), codeforge?.stop()]);
  });

  const places = (): readonly (readonly [string, string])[] => [
    ['/', 'Needs a look'],
    ['/nowhere', 'There is nothing here'],
    ['/servers', 'Forge'],
    ['/servers/add', 'Add the server'],
    ['/servers/add?tab=catalog', 'Search the catalogue'],
    ['/servers/forge', 'execute_code'],
    ['/servers/forge?tool=execute_code', 'Why it is'],
    ['/servers/forge?tab=settings', 'Remove this server'],
    ['/servers/forge?tab=access', 'Who approves its calls'],
    ['/servers/personal?tab=access', 'Not connected'],
    ['/servers/personal?tab=access&connect_error=PC_X', 'The sign-in did not work'],
    ['/servers/personal', 'You are not signed in at this server'],
    ['/servers/forge/policies/new', 'Many tools at once'],
    ['/policies', 'Version 1'],
    [`/policies/${guarded.policyId}?subject=execute_code`, 'Valid, and every name'],
    ['/grants', 'Mint a grant'],
    ['/log', 'No calls yet'],
    ['/stack', 'Who can call what'],
    ['/approvals', 'Calls that wait until a person agrees'],
    ['/settings', 'Nobody has an account yet'],
    ['/settings?tab=keys', 'No API keys'],
    ['/settings?tab=alerts', 'Send a test'],
    ['/settings?tab=events', 'server.create'],
    ['/settings?tab=organization', 'This organization'],
    ['/start', 'Point your client at the gateway'],
    ['/sign-in', 'No account exists yet'],
    ['/sign-in?error=not_invited', 'This address was not invited'],
    ['/second-factor?to=/servers', 'Code of your authenticator app'],
    ['/new-password?token=x', 'Set it'],
    ['/new-password?error=INVALID_TOKEN', 'No password can be set'],
    ['/welcome?token=x', 'Make the account'],
    ['/join/none', 'not open any more'],
    ['/servers/new?catalog=none&tool=none', 'could not be read'],
    ['/approvals/none', 'Calls that wait until a person agrees'],
    ['/decisions/none', 'could not be read'],
  ];

  it('is named here', () => {
    expect(notVisited(places().map(([path]) => path))).toEqual([]);
  });

  it('fits a phone without scrolling sideways, and keeps WCAG AA when it is light and when it is dark', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    const found: string[] = [];
    for (const [path, text] of places()) {
      await page.setViewportSize(PHONE);
      await page.goto(path);
      await page.getByText(text).or(page.getByLabel(text)).first().waitFor();
      expect(await page.evaluate(BESIDE), path).toBe(0);
      await page.setViewportSize(DESK);
      await page.emulateMedia({ colorScheme: 'light' });
      found.push(...(await violations(page)).map((one) => `${path}: ${one}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await colorViolations(page)).map((one) => `${path}, dark: ${one}`));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  }, 240_000);

  it('loads at most 300 kB of script at first', async () => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    let bytes = 0;
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('.js'))
        sizes.push(request.sizes().then(({ responseBodySize }) => void (bytes += responseBodySize)));
    });
    await page.goto('/servers');
    await page.getByText('Forge').first().waitFor();
    await Promise.all(sizes);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(300_000);
  });
});

const PHONE = { width: 375, height: 800 };
const DESK = { width: 1440, height: 900 };
const BESIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
