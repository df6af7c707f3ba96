import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { guardServer, startFixture, startGateway, textOf, v1Client } from '../kit/index.ts';
import type { Fixture, GuardedServer, TestGateway } from '../kit/index.ts';
import { violations } from './axe.ts';
import { openBrowser, openPage } from './open-page.ts';
import { policyText } from './policy-text.ts';

const DENIED = '[POLICY DENIED]';
const POLICY = {
  version: '1',
  default: 'deny',
  tools: { execute_code: { deny_if: [{ conditions: [] }] } },
};

describe.skipIf(noChromium)('a call in the log', () => {
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
    guarded = await guardServer(gateway, { name: 'Forge', url: codeforge.url }, POLICY);
    await gateway.api('POST', `/servers/${guarded.server.id}/tools/refresh`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), codeforge?.stop()]);
  });

  const call = async (tool: string, args: Record<string, unknown>) => {
    const client = await v1Client(guarded.url, { token: guarded.token });
    const result = await client.callTool(tool, args);
    await client.close();
    return textOf(result);
  };

  async function fromLog(tool: string): Promise<Page> {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto(`/log?tool=${tool}`);
    await page.getByRole('list', { name: 'Decisions' }).getByRole('button').first().click();
    await page.getByRole('link', { name: 'Make a rule from this call' }).click();
    await page.getByRole('region', { name: 'A rule from a call' }).waitFor();
    return page;
  }

  it('becomes a rule about its arguments, without their values, and the rule decides', async () => {
    expect(await call('execute_code', { code: 'secret-code-4711', extra: 1 })).toContain(DENIED);
    const page = await fromLog('execute_code');
    const draft = page.getByRole('region', { name: 'A rule from a call' });
    await draft.getByText('never the values themselves').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.content()).not.toContain('secret-code-4711');
    await draft.getByRole('checkbox', { name: 'extra' }).uncheck();
    await draft.getByRole('button', { name: 'Draft the rule' }).click();

    const rules = page.getByRole('region', { name: 'Require' });
    expect(await rules.getByLabel('Argument').inputValue()).toBe('args.code');
    await rules.getByLabel('Operator').selectOption('starts_with');
    await rules.getByLabel('Value').fill('print');
    expect(JSON.parse(await policyText(page)).tools).toEqual({
      execute_code: {
        require: [{ conditions: [{ path: 'args.code', op: 'starts_with', value: 'print' }] }],
      },
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Calls are judged by it from now on').first().waitFor();
    expect(await call('execute_code', { code: 'print(1)' })).not.toContain(DENIED);
    expect(await call('execute_code', { code: 'import os' })).toContain(DENIED);
  }, 120_000);

  it('may be about arguments that the tool does not name, and ask a person', async () => {
    await call('list_apis', { 'odd name': 1 });
    const page = await fromLog('list_apis');
    const draft = page.getByRole('region', { name: 'A rule from a call' });
    await draft.getByRole('radio', { name: 'Ask if' }).check();
    await draft.getByRole('button', { name: 'Draft the rule' }).click();
    await page.getByRole('region', { name: 'Ask if' }).getByLabel('Argument').waitFor();
    expect(JSON.parse(await policyText(page)).tools.list_apis).toEqual({
      approve_if: [{ conditions: [{ path: 'args["odd name"]', op: 'eq', value: '' }] }],
    });
    await page.getByText('Probably not meant').waitFor();
  }, 120_000);
});
