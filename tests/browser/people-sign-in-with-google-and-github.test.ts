import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser as Person, OWNER, ownerOf } from '../accounts/browser.ts';
import { noChromium } from '../kit/chromium.ts';
import { startGateway, type TestGateway } from '../kit/index.ts';
import { load } from '../parts/load.ts';
import { openBrowser, openPage } from './open-page.ts';
import { certificateFor, type Certificate } from './providers/certificate.ts';
import { githubStandIn, type GithubPerson } from './providers/github-stand-in.ts';

const GOOGLE = ['accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com'];
const GITHUB = ['github.com', 'api.github.com'];
const CLIENT = { clientId: 'portcullis', clientSecret: 'their-secret-0123456789' };

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
interface GoogleParts {
  googleStandIn(options: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUri: string;
    readonly verified: (login: string) => boolean;
  }): Handler;
}

describe.skipIf(noChromium)('signing in with Google and GitHub', () => {
  let certificate: Certificate;
  let server: Server;
  let gateway: TestGateway;
  let owner: Person;
  let browser: Browser;
  let atGithub: GithubPerson;
  const standIns = new Map<string, Handler>();

  beforeAll(async () => {
    certificate = certificateFor([...GOOGLE, ...GITHUB]);
    server = createServer(certificate, (request, response) => {
      const host = request.headers.host ?? '';
      return (standIns.get(host) ?? (() => response.writeHead(404).end()))(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const preload = new URL('./providers/through-stand-ins.mjs', import.meta.url).href;
    gateway = await startGateway({
      env: {
        NODE_OPTIONS: `--import ${preload}`,
        NODE_EXTRA_CA_CERTS: certificate.path,
        STAND_IN_HOSTS: [...GOOGLE, ...GITHUB].join(' '),
        STAND_IN_PORT: String(port),
        PORTCULLIS_GOOGLE_CLIENT_ID: CLIENT.clientId,
        PORTCULLIS_GOOGLE_CLIENT_SECRET: CLIENT.clientSecret,
        PORTCULLIS_GITHUB_CLIENT_ID: CLIENT.clientId,
        PORTCULLIS_GITHUB_CLIENT_SECRET: CLIENT.clientSecret,
      },
    });
    const parts = fileURLToPath(new URL('../oauth/parts/google-stand-in.mjs', import.meta.url));
    const google = (await load<GoogleParts>(parts)).googleStandIn({
      ...CLIENT,
      redirectUri: `${gateway.url}/api/auth/callback/google`,
      verified: (login) => !login.startsWith('unverified'),
    });
    const github = githubStandIn(
      { ...CLIENT, redirectUri: `${gateway.url}/api/auth/callback/github` },
      () => atGithub,
    );
    for (const host of GOOGLE) standIns.set(host, google);
    for (const host of GITHUB) standIns.set(host, github);
    owner = await ownerOf(gateway);
    browser = await openBrowser([
      `--host-resolver-rules=${[...GOOGLE, ...GITHUB].map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(',')}`,
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
    server?.closeAllConnections();
    server?.close();
    certificate?.remove();
  });

  const github = (login: string, emails: GithubPerson['emails']): GithubPerson => ({
    id: [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
    login,
    name: null,
    emails,
  });
  const invite = async (email: string, role: string): Promise<void> => {
    const sent = await owner.send('POST', '/api/v1/invitations', { email, role });
    expect(sent.status).toBeLessThan(300);
  };

  async function begin(provider: string): Promise<Page> {
    const { page } = await openPage(browser, gateway.url, { ignoreHTTPSErrors: true });
    await page.goto('/servers');
    await page.getByRole('button', { name: `Continue with ${provider}` }).click();
    return page;
  }
  async function withGoogle(login: string): Promise<Page> {
    const page = await begin('Google');
    await page.waitForURL('https://accounts.google.com/**');
    await page.locator('[name=login]').fill(login);
    await page.locator('[name=password]').fill('x');
    await page.locator('[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    return page;
  }
  async function withGithub(link: RegExp = /^Authorize/): Promise<Page> {
    const page = await begin('GitHub');
    await page.getByRole('link', { name: link }).click();
    return page;
  }
  const role = (page: Page): Promise<unknown> =>
    page.evaluate(
      'fetch("/api/v1/me").then((answer) => answer.json()).then(({ role, code }) => role ?? code)',
    );
  const accounts = async (): Promise<string[]> =>
    (await owner.send('GET', '/api/v1/members')).body['items'].map((one: { email: string }) => one.email);

  it('Google: lets the invited in, with their role, to where they wanted to be', async () => {
    await invite('dora@example.com', 'policy_manager');
    const page = await withGoogle('dora');
    await page.waitForURL(`${gateway.url}/servers`);
    expect(await role(page)).toBe('policy_manager');
    await page.goto('/settings?tab=account');
    await page.getByText('dora@example.com').first().waitFor();
  });

  it('GitHub: lets the invited in by their first address, which their profile does not show', async () => {
    await invite('emil@example.com', 'viewer');
    atGithub = github('emil', [
      { email: 'other@example.com', primary: false, verified: true },
      { email: 'emil@example.com', primary: true, verified: true },
    ]);
    const page = await withGithub();
    await page.waitForURL(`${gateway.url}/servers`);
    expect(await role(page)).toBe('viewer');
  });

  it('says to those who were not invited what to do, and makes them no account', async () => {
    const before = await accounts();
    atGithub = github('frida', [{ email: 'frida@example.com', primary: true, verified: true }]);
    for (const page of [await withGoogle('frida'), await withGithub()]) {
      await page.getByText('This address was not invited').waitFor();
      expect(new URL(page.url()).origin).toBe(gateway.url);
      expect(await role(page)).toBe('PC_API_UNAUTHORIZED');
      await page.getByRole('button', { name: 'Continue with Google' }).waitFor();
    }
    expect(await accounts()).toEqual(before);
  });

  it('does not believe an address that the provider has not verified', async () => {
    await invite('unverified-gina@example.com', 'admin');
    atGithub = github('mallory', [{ email: OWNER.email, primary: true, verified: false }]);
    const stolen = await withGithub();
    await stolen.getByText('You could not be signed in').waitFor();
    expect(await role(stolen)).toBe('PC_API_UNAUTHORIZED');
    const invited = await withGoogle('unverified-gina');
    await invited.getByText('has not verified this address').waitFor();
    expect(await role(invited)).toBe('PC_API_UNAUTHORIZED');
  });

  it('comes back to the sign-in page when somebody says no', async () => {
    const page = await withGithub(/^Cancel/);
    await page.getByText('was not allowed').waitFor();
    expect(await role(page)).toBe('PC_API_UNAUTHORIZED');
  });

  it('says that a link of a mail is over', async () => {
    const { page } = await openPage(browser, gateway.url);
    await page.goto('/api/auth/magic-link/verify?token=nonsense&callbackURL=/&errorCallbackURL=/sign-in');
    await page.getByText('This link was used already or is too old').waitFor();
  });

  it('gives whoever came by a provider a password, by a link, once', async () => {
    const { page } = await openPage(browser, gateway.url);
    await page.goto('/sign-in');
    await page.getByLabel('E-mail', { exact: true }).fill('dora@example.com');
    await page.getByRole('button', { name: 'I forgot my password' }).click();
    await page.getByText('The link is on its way').waitFor();
    const mailed = (): string => /"link":"([^"]*\/reset-password\/[^"]*)"/.exec(gateway.logs())?.[1] ?? '';
    await expect.poll(mailed).toContain('/reset-password/');
    const link = mailed();
    await page.goto(link);
    await page.waitForURL(/new-password\?token=/);
    await page.getByLabel('New password').fill('a password of her own');
    await page.getByRole('button', { name: 'Set it' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail', { exact: true }).fill('dora@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a password of her own');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${gateway.url}/`);
    expect(await role(page)).toBe('policy_manager');
    await page.goto(link);
    await page.getByText('No password can be set with this link').waitFor();
  });
});
