/** Promise: what somebody writes in the policy editor is neither lost nor overwritten unseen, and the builder says what holds. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, ownerOf } from '../accounts/browser.ts';
import { noChromium } from '../kit/chromium.ts';
import {
  createPolicy,
  mintGrant,
  registerServer,
  startFixture,
  startGateway,
  type Fixture,
  v1Client,
  type TestGateway,
} from '../kit/index.ts';
import { openBrowser, openPage, type OpenPage } from './open-page.ts';
import { pastePolicy, policyText } from './policy-text.ts';

const written = (rules: unknown): string =>
  JSON.stringify({ version: '1', default: 'deny', tools: { echo: rules } }, null, 2);
const SAVED = written({ require: [] });
const THEIRS = written({ limits: [{ counter: 'theirs', window: 'day', max: 1 }] });
const MINE = written({ limits: [{ counter: 'mine', window: 'day', max: 2 }] });

describe.skipIf(noChromium)('the policy editor', () => {
  let gateway: TestGateway;
  let recorder: Fixture;
  let browser: Browser;
  let serverId: string;
  let policyId: string;
  let count = 0;
  beforeAll(async () => {
    [gateway, recorder, browser] = await Promise.all([
      startGateway(),
      startFixture('recorder'),
      openBrowser(),
    ]);
    await ownerOf(gateway);
    serverId = (await registerServer(gateway, { name: 'Notes', url: recorder.url })).id;
    await gateway.api('POST', `/servers/${serverId}/tools/refresh`);
  });
  beforeEach(async () => {
    count += 1;
    policyId = (await createPolicy(gateway, serverId, SAVED, `policy ${count}`)).id;
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([gateway?.stop(), recorder?.stop()]);
  });

  const edit = async (
    options: Parameters<typeof openPage>[2] = { key: gateway.adminKey },
  ): Promise<OpenPage> => {
    const opened = await openPage(browser, gateway.url, options);
    await opened.page.clock.install();
    await opened.page.goto(`/policies/${policyId}?subject=echo`);
    return opened;
  };
  const shows = (page: Page): Promise<void> =>
    page.getByRole('textbox', { name: 'Policy as JSON' }).waitFor();
  const saveTheirs = () => gateway.api('PUT', `/policies/${policyId}`, { document: THEIRS, note: 'theirs' });
  const inForce = async (): Promise<unknown> => {
    const { body } = await gateway.api<{ document: { tools: unknown } }>('GET', `/policies/${policyId}`);
    return body.document.tools;
  };

  it('stays while values are typed that cannot be meant', async () => {
    const { page, complaints } = await edit();
    await shows(page);
    for (const rules of [
      { limits: [1] },
      { limits: [{ by: 1 }] },
      { require: [null] },
      { deny_if: [{ conditions: [{ not: null }] }] },
      null,
    ]) {
      await pastePolicy(page, written(rules));
      await page.getByText('The JSON cannot be read at the moment').waitFor();
      await page.getByRole('tab', { name: 'In words' }).click();
      await page.getByText('Everything else').waitFor();
      await page.getByRole('tab', { name: 'JSON' }).click();
    }
    await pastePolicy(page, MINE);
    await page.getByRole('group', { name: 'at most 2 calls a day with one grant' }).waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('says of a short spelling what it does, and writes it out when a button changes it', async () => {
    const { page } = await edit();
    await shows(page);
    await pastePolicy(page, written({ action: 'deny', reason: 'Never.' }));
    await expect.poll(() => page.getByLabel('What holds for echo').inputValue()).toBe('deny');
    const row = page
      .getByRole('list', { name: 'Tools of the server' })
      .getByRole('button', { name: /^echo/ });
    await row.filter({ hasText: 'Denied' }).waitFor();

    await pastePolicy(page, written({ rate_limit: { max: 10, window: 60 } }));
    await page.getByRole('group', { name: 'at most 10 calls a minute in one session' }).waitFor();
    await page.getByLabel('At most', { exact: true }).fill('7');
    await page.getByRole('group', { name: 'at most 7 calls a minute in one session' }).waitFor();
    expect(JSON.parse(await policyText(page)).tools.echo).toEqual({
      limits: [{ counter: 'echo_rate', window: 'minute', max: 7, scope: 'session' }],
    });
  });

  it('judges a call anew when the policy changes', async () => {
    const { page } = await edit();
    await shows(page);
    await page.getByRole('tab', { name: 'Try a call' }).click();
    await page.getByRole('button', { name: 'Judge it' }).click();
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText('Allowed').first().waitFor();
    await page.getByLabel('What holds for echo').selectOption('deny');
    await verdict.getByText('/tools/echo/deny_if/0').first().waitFor();
    await verdict.getByText('Denied').first().waitFor();
  });

  it('says before a save what it changes, for tools and for calls of the last week', async () => {
    const grant = await mintGrant(gateway, serverId, { policyId, label: `client ${count}` });
    const client = await v1Client(`${gateway.url}/mcp/notes`, { token: grant.token });
    await client.callTool('echo', { text: 'allowed' });
    await client.close();
    const { page } = await edit();
    await shows(page);
    await page.getByLabel('What holds for echo').selectOption('deny');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const changes = page.getByRole('region', { name: 'What it changes' });
    await changes.getByText('Of 1 call that this policy judged').waitFor();
    const said = (await changes.innerText()).replace(/\s+/g, ' ');
    expect(said).toMatch(/echo Allowed → Denied/);
    expect(said).toContain('1 would have been judged otherwise');
    expect(said).toContain('echo: 1 call allowed, now denied');
  });

  it('takes YAML, and turns it into JSON', async () => {
    const { page } = await edit();
    await shows(page);
    await pastePolicy(page, 'version: "1"\ndefault: deny\ntools:\n  echo:\n    rate_limit: 3/hour\n');
    await page.getByRole('button', { name: 'Turn it into JSON' }).click();
    await page.getByRole('group', { name: 'at most 3 calls an hour with one grant' }).waitFor();
    expect(JSON.parse(await policyText(page)).tools.echo.limits).toMatchObject([{ max: 3 }]);
  });

  it('shows what somebody else saved before it overwrites that', async () => {
    const { page } = await edit();
    await shows(page);
    await pastePolicy(page, MINE);
    await saveTheirs();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('saved version 2 meanwhile').waitFor();
    expect(await inForce()).toEqual(JSON.parse(THEIRS).tools);
    expect(await policyText(page)).toBe(MINE);

    await page.getByRole('button', { name: 'Compare theirs with mine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('"theirs"').waitFor();
    await dialog.getByText('"mine"').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('Version 3', { exact: true }).waitFor();
    expect(await inForce()).toEqual(
      JSON.parse(written({ limits: [{ counter: 'mine', window: 'day', max: 2 }] })).tools,
    );
  });

  it('takes over what somebody else saved where nothing was changed, and on request', async () => {
    const { page } = await edit();
    await shows(page);
    await saveTheirs();
    await comeBack(page);
    await expect.poll(() => policyText(page)).toBe(THEIRS);

    await pastePolicy(page, MINE);
    await gateway.api('PUT', `/policies/${policyId}`, { document: SAVED });
    await comeBack(page);
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await expect.poll(() => policyText(page)).toBe(SAVED);
    await page.getByText('Version 3', { exact: true }).waitFor();
  });

  it('gives a policy another name, and rolls back, without a reload', async () => {
    const { page } = await edit();
    await shows(page);
    await page.evaluate('window.stays = true');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(`another name ${count}`);
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('heading', { name: `another name ${count}` }).waitFor();

    await saveTheirs();
    await comeBack(page);
    await expect.poll(() => policyText(page)).toBe(THEIRS);
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Roll back' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Version 4', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await expect.poll(() => policyText(page)).toBe(SAVED);
    expect(await page.evaluate('window.stays')).toBe(true);
  });

  it('asks before a new policy is left that is not made yet, and offers a name that is free', async () => {
    const { page, complaints } = await openPage(browser, gateway.url, { key: gateway.adminKey });
    await createPolicy(gateway, serverId, SAVED, 'notes-policy');
    await page.goto('/servers/notes/policies/new');
    await shows(page);
    expect(await page.getByLabel('Name of the policy').inputValue()).toBe('notes-policy-2');
    await pastePolicy(page, MINE);
    await page.getByRole('link', { name: 'Grants' }).click();
    await expect.poll(() => complaints).toEqual(['dialog: The policy is not made yet. Leave it?']);
    expect(await policyText(page)).toBe(MINE);
    await page.getByRole('button', { name: 'Create the policy' }).click();
    await page.getByRole('heading', { name: 'notes-policy-2' }).waitFor();
  });

  it('keeps what was written when the session ends, until somebody is back', async () => {
    const { page } = await edit({});
    await page.getByLabel('E-mail', { exact: true }).fill(OWNER.email);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await shows(page);
    await pastePolicy(page, MINE);
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('Your session has ended', { exact: true }).waitFor();
    expect(await policyText(page)).toBe(MINE);

    await page.context().addCookies(cookies);
    await comeBack(page);
    await page.getByText('Your session has ended', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('Version 2', { exact: true }).waitFor();
  });
});

/** As when somebody comes back to the tab: what is shown is read anew. */
async function comeBack(page: Page): Promise<void> {
  await page.clock.fastForward('02:00');
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
}
