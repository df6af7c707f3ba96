/** Promise: whoever is asked about a call whose answer was lost reads why, and is one click away from the earlier call. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { guardServer, startGateway, type TestGateway } from '../kit/index.ts';
import { caller } from '../unknown-outcomes/caller.ts';
import { startLosingServer, type LosingServer } from '../unknown-outcomes/losing-server.ts';
import { openBrowser, openPage } from './open-page.ts';

describe.skipIf(noChromium)('an approval of a repeat', () => {
  let gateway: TestGateway;
  let upstream: LosingServer;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, upstream, browser] = await Promise.all([
      startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '0' } }),
      startLosingServer(),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), upstream?.close()]);
  });

  it('shows the call whose answer was lost', async () => {
    const input = { name: 'Losing', url: upstream.url };
    const guarded = await guardServer(gateway, input, { version: '1', default: 'allow' });
    const client = caller(gateway, upstream, guarded);
    const lost = await client.lose('run_job', { job: 'once' });
    const { decision } = await client.call('run_job', { job: 'once' });
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(`/approvals/${decision.approval?.id}`);
    await page.getByText('may have taken effect').first().waitFor();
    await page.getByRole('link', { name: 'The earlier call in the log' }).click();
    await page.waitForURL((url) => url.searchParams.get('call') === lost.id);
    await page.getByText('PC_UPSTREAM_DIED').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
