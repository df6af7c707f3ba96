/** Promise: a rule about code is made by clicks, and what it objects to in a pasted text is underlined while one looks. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import { registerServer, startFixture, startGateway, type Fixture, type TestGateway } from '../kit/index.ts';
import { openBrowser, openPage } from './open-page.ts';
import { policyText } from './policy-text.ts';

const POLL = { timeout: 15_000 };

describe.skipIf(noChromium)('rules about code in the builder', () => {
  let gateway: TestGateway;
  let orgo: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, orgo, browser] = await Promise.all([
      startGateway({ readyMs: 60_000 }),
      startFixture('orgo-stand-in'),
      openBrowser(),
    ]);
    const headers = { 'X-Orgo-API-Key': 'test-orgo-key' };
    const { id } = await registerServer(gateway, { name: 'Orgo', url: orgo.url, headers });
    await gateway.api('POST', `/servers/${id}/tools/refresh`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), orgo?.stop()]);
  });

  it('list what a program may reach, underline what leaves it, and judge calls the same way', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/servers/orgo/policies/new');
    await page.getByRole('textbox', { name: 'Policy as JSON' }).waitFor();
    await page.getByLabel('What holds for orgo_exec').selectOption('custom');
    await page.getByRole('button', { name: 'Add a requirement' }).click();
    const rules = page.getByRole('region', { name: 'Require' });
    await rules.getByLabel('Argument').selectOption('args.code');
    await rules.getByLabel('Operator').selectOption('code_within');
    await rules.getByLabel('Language').selectOption('python');
    await rules.getByLabel(/^Modules that may be imported/).fill('json\nmath');
    await rules.getByLabel('What the agent reads when it is denied').fill('Only json and math.');
    const condition = async (): Promise<unknown> =>
      JSON.parse(await policyText(page)).tools.orgo_exec.require[0].conditions[0];
    expect(await condition()).toEqual({
      path: 'args.code',
      op: 'code_within',
      value: { language: 'python', imports: ['json', 'math'] },
    });

    const sample = rules.getByLabel('Sample code');
    const said = rules.getByRole('status', { name: 'What the rule objects to' });
    const underlined = (): Promise<string[]> => rules.locator('mark').allInnerTexts();
    await sample.fill('import json\nimport os\nprint(os.getcwd())\n');
    await said.getByText('Line 2, column').waitFor();
    await expect.poll(async () => (await underlined()).join(' '), POLL).toContain('os');
    await sample.fill('import json\nprint(json.dumps(1))\n');
    await said.getByText('It stays within the lists.').waitFor();
    expect(await underlined()).toEqual([]);

    await rules.getByLabel(/^Modules that may be imported/).fill('');
    await said.getByText('Line 1, column').waitFor();
    expect(await condition()).toMatchObject({ value: { language: 'python' } });
    await rules.getByLabel('Language').selectOption('sql');
    await sample.fill('drop table users');
    await rules.getByRole('group', { name: 'Statements' }).getByText('select', { exact: true }).click();
    await rules.getByLabel('Dialect').selectOption('sqlite');
    await expect.poll(underlined, POLL).not.toEqual([]);
    await sample.fill('select 1');
    await said.getByText('It stays within the lists.').waitFor();
    expect(await condition()).toMatchObject({ value: { language: 'sql', statements: ['select'] } });
    await page.getByText('Valid, and every name in it is known.').waitFor();

    await page.getByRole('tab', { name: 'Try a call' }).click();
    await page.getByLabel('Tool', { exact: true }).selectOption('orgo_exec');
    await page.getByLabel(/^code/).fill('drop table users');
    await page.getByRole('button', { name: 'Judge it' }).click();
    await page.getByRole('region', { name: 'Verdict' }).getByText('Only json and math.').first().waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});
