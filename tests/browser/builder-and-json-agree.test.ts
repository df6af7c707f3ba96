import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noChromium } from '../kit/chromium.ts';
import {
  registerServer,
  ROOT,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { violations } from './axe.ts';
import { openBrowser, openPage } from './open-page.ts';
import { pastePolicy, policyText, selectAll } from './policy-text.ts';

const SEED = readFileSync(join(ROOT, 'tests/seeds/orgo.policy.json'), 'utf8');

describe.skipIf(noChromium)('the builder and its JSON', () => {
  let gateway: TestGateway;
  let orgo: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    [gateway, orgo, browser] = await Promise.all([
      startGateway(),
      startFixture('orgo-stand-in'),
      openBrowser(),
    ]);
    const { id } = await registerServer(gateway, {
      name: 'Orgo',
      url: orgo.url,
      headers: { 'X-Orgo-API-Key': 'test-orgo-key' },
    });
    await gateway.api('POST', `/servers/${id}/tools/refresh`);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), orgo?.stop()]);
  });

  const newPolicy = async (): Promise<Page> => {
    const { page } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await page.goto('/servers/orgo/policies/new');
    await page.getByRole('textbox', { name: 'Policy as JSON' }).waitFor();
    return page;
  };
  const rateLimit = (page: Page) =>
    page.getByRole('group', { name: 'at most 10 calls a minute with one grant' });

  it("make the seed's policy by clicks", async () => {
    const page = await newPolicy();
    await page.getByLabel('What holds for orgo_exec').selectOption('custom');
    await page.getByRole('button', { name: 'Add a rate limit' }).click();
    await rateLimit(page).waitFor();
    expect(JSON.parse(await policyText(page))).toEqual(JSON.parse(SEED));
    await page.getByText('Valid, and every name in it is known.').waitFor();
  });

  it('show the same picture when it is pasted', async () => {
    const page = await newPolicy();
    await pastePolicy(page, SEED);
    await page.getByRole('button', { name: /^orgo_exec/ }).click();
    await rateLimit(page).waitFor();
    expect(await page.getByLabel('What holds for orgo_exec').inputValue()).toBe('custom');
    expect(await page.getByLabel('What holds for orgo_bash').inputValue()).toBe('inherit');
    expect(await page.getByLabel('At most', { exact: true }).inputValue()).toBe('10');
    expect(await page.getByLabel('Window').inputValue()).toBe('minute');
  });

  it('keep comments and order while buttons change the document, and undo it all', async () => {
    const page = await newPolicy();
    const written =
      '{\n  // closed by default\n  "default": "deny",\n  "version": "1",\n  "tools": {\n    "orgo_bash": {} // for now\n  }\n}\n';
    await pastePolicy(page, written);
    await page.getByLabel('What holds for orgo_click').selectOption('ask');
    await page.getByLabel('What holds for orgo_bash').selectOption('inherit');
    await page.getByLabel('What holds for orgo_bash').selectOption('hide');
    const changed = await policyText(page);
    expect(changed).toContain('// closed by default\n  "default": "deny",\n  "version"');
    expect(changed).toMatch(/"hide": \[\s*"orgo_bash"\s*\]/);
    for (let step = 0; step < 3; step += 1) await page.getByRole('button', { name: 'Undo' }).click();
    expect(await policyText(page)).toBe(written);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await page.getByLabel('What holds for orgo_click').inputValue()).toBe('ask');
  });

  it('lose nothing of what is pasted in the moment before a choice', async () => {
    const page = await newPolicy();
    const written = '{\n  // mine\n  "version": "1",\n  "default": "deny"\n}\n';
    await selectAll(page);
    const paste = `const data = new DataTransfer();
      data.setData('text/plain', ${JSON.stringify(written)});
      const host = [...document.querySelectorAll('div')].find((one) => one.shadowRoot?.querySelector('.cm-content'));
      host.shadowRoot.querySelector('.cm-content')
        .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));`;
    const choose = `const choice = document.querySelector('select[aria-label="What holds for orgo_bash"]');
      choice.value = 'hide';
      choice.dispatchEvent(new Event('change', { bubbles: true }));`;
    await page.evaluate(`(() => { ${paste} ${choose} })()`);
    await expect.poll(() => policyText(page)).toMatch(/"hide": \[\s*"orgo_bash"\s*\]/);
    expect(await policyText(page)).toContain('// mine');
  });

  it('make argument rules from the schema, and show every step of a verdict on them', async () => {
    const page = await newPolicy();
    await page.getByLabel('What holds for orgo_bash').selectOption('custom');
    await page.getByRole('button', { name: 'Add a denial' }).click();
    const rules = page.getByRole('region', { name: 'Deny if' });
    await rules.getByLabel('Argument').selectOption('args.command');
    await rules.getByLabel('Operator').selectOption('contains');
    await rules.getByLabel('Value').fill('rm -rf');
    await rules.getByLabel('What the agent reads when it is denied').fill('Nothing is deleted here.');
    expect(JSON.parse(await policyText(page)).tools.orgo_bash.deny_if).toEqual([
      {
        conditions: [{ path: 'args.command', op: 'contains', value: 'rm -rf' }],
        on_deny: 'Nothing is deleted here.',
      },
    ]);
    await page.getByRole('tab', { name: 'Try a call' }).click();
    await page.getByLabel('Tool', { exact: true }).selectOption('orgo_bash');
    await page.getByLabel(/^command/).fill('rm -rf /');
    await page.getByRole('button', { name: 'Judge it' }).click();
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText('Nothing is deleted here.').first().waitFor();
    expect(await verdict.getByRole('listitem').count()).toBeGreaterThan(0);
  });

  it('show which attacks get through, anew whenever the policy changes, and lead to what stops them', async () => {
    const page = await newPolicy();
    const others = page.getByRole('radiogroup', { name: 'Tools that nothing names' });
    await others.getByText('Allow').click();
    await page.getByRole('tab', { name: 'Attacks' }).click();
    const attacks = page.getByRole('list', { name: 'Attacks' });
    const first = attacks
      .locator('> li')
      .filter({ has: page.locator('button') })
      .first();
    await first.getByText('Gets through').waitFor();
    await first.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    const rules = first.getByRole('button', { name: /^Rules of / }).first();
    const tool = (await rules.innerText()).replace(/^Rules of\s+/, '');
    await rules.click();
    await page.getByRole('heading', { name: tool }).waitFor();
    await others.getByText('Deny').click();
    await page.getByText(/^0 got through, 0 limited, \d+ stopped$/).waitFor();
    expect(await attacks.getByText('Gets through').count()).toBe(0);
    expect(await page.locator('body').innerText()).toContain('can be tried with these tools');
  });

  it('save versions with notes, compare them and roll back', async () => {
    const page = await newPolicy();
    await page.getByLabel('Name of the policy').fill('history');
    await page.getByRole('button', { name: 'Create the policy' }).click();
    await page.getByRole('heading', { name: 'history' }).waitFor();
    await page.getByLabel('What holds for orgo_click').selectOption('allow');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByLabel(/^What changed/).fill('Clicking is harmless');
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByText('Clicking is harmless').waitFor();
    await page.getByRole('button', { name: 'Compare' }).last().click();
    await page.getByRole('dialog').getByText('orgo_click').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Version 3', { exact: true }).waitFor();
    expect(await page.getByLabel('What holds for orgo_click').inputValue()).toBe('inherit');
  });
});
