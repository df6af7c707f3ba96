import { afterAll, beforeAll, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createPolicy,
  mintGrant,
  PROGRAM,
  runToEnd,
  startGateway,
  textOf,
  v1Client,
  type TestGateway,
} from '../kit/index.ts';
import {
  startAuthorizationServer,
  startProtectedServer,
  type AuthorizationServer,
  type ProtectedServer,
} from './parts.ts';
import { signIn } from './sign-in.ts';

const MACHINE = { clientId: 'machine', clientSecret: 'machine-secret-f1d6b7' };

let authorization: AuthorizationServer;
let upstream: ProtectedServer;
let gateway: TestGateway;
const answers: string[] = [];

beforeAll(async () => {
  authorization = await startAuthorizationServer({});
  upstream = await startProtectedServer(authorization);
  gateway = await startGateway({ env: { PORTCULLIS_LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.stop();
  await authorization?.stop();
});

interface Shown {
  readonly id: string;
  readonly auth: { readonly kind: string; readonly status: string; readonly scopes: string[] };
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await gateway.api<T>(method, path, body);
  answers.push(JSON.stringify(answer.body) ?? '');
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

async function registered(name: string, auth: object): Promise<Shown & { token: string }> {
  const server = await api<Shown>('POST', '/servers', { name, url: upstream.url, auth });
  const policy = await createPolicy(gateway, server.id, { version: '1', default: 'allow' });
  const { token } = await mintGrant(gateway, server.id, { policyId: policy.id });
  return { ...server, token };
}

async function connect(id: string): Promise<string> {
  const { authorizationUrl } = await api<{ authorizationUrl: string }>('POST', `/servers/${id}/connect`);
  const back = await signIn(authorizationUrl, `${gateway.url}/oauth/callback`);
  const answer = await fetch(back);
  const text = await answer.text();
  answers.push(text);
  expect(answer.status, text).toBe(200);
  return back.href;
}

async function whoami({ id, token }: { id: string; token: string }): Promise<string> {
  const client = await v1Client(`${gateway.url}/mcp/${id}`, { token });
  try {
    return textOf(await client.sdk.callTool({ name: 'whoami', arguments: {} }));
  } finally {
    await client.close();
  }
}

const refreshes = (): number =>
  authorization.grants.filter(({ type, status }) => type === 'refresh_token' && status === 200).length;

/** What the server was last sent, without its scheme. */
const lastToken = (): string[] => /Bearer (\S+)/.exec(upstream.seen.at(-1)!.headers)?.slice(1) ?? [];

const status = async (id: string): Promise<string> => (await api<Shown>('GET', `/servers/${id}`)).auth.status;

it('a person signs in, calls run with the token, and a second use of the answer is refused', async () => {
  const server = await registered('signed', { type: 'oauth' });
  expect(server.auth).toMatchObject({ kind: 'oauth', status: 'needs-sign-in' });
  await expect(whoami(server)).rejects.toThrow(/needs a sign-in/);
  const back = await connect(server.id);
  const shown = await api<Shown>('GET', `/servers/${server.id}`);
  expect(shown.auth).toMatchObject({ status: 'connected', scopes: ['tools'] });
  expect(await whoami(server)).toMatch(/^client /);
  expect((await fetch(back)).status).toBe(404);
});

it('refreshes a token that is about to end, and calls go on', async () => {
  const server = await registered('refreshed', { type: 'oauth' });
  authorization.settings.tokenSeconds = 1;
  await connect(server.id);
  authorization.settings.tokenSeconds = 3600;
  const before = refreshes();
  await expect
    .poll(async () => [await whoami(server), refreshes()], { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^client /), before + 1]);
});

it('a token that was taken back fails one call, is never sent again, and is replaced', async () => {
  const server = await registered('taken back', { type: 'oauth' });
  await connect(server.id);
  await whoami(server);
  const [token] = lastToken();
  await authorization.destroy(token!);
  const [ran, before] = [upstream.calls(), refreshes()];
  await expect(whoami(server)).rejects.toThrow(/refused the credentials/);
  expect(upstream.calls()).toBe(ran);
  expect(await whoami(server)).toMatch(/^client /);
  expect(refreshes()).toBe(before + 1);
});

it('says that a person must sign in when the refresh token is gone too', async () => {
  const server = await registered('gone', { type: 'oauth' });
  await connect(server.id);
  await whoami(server);
  for (const token of authorization.secrets) await authorization.destroy(token);
  await expect(whoami(server)).rejects.toThrow(/refused the credentials/);
  await expect.poll(() => status(server.id)).toBe('needs-sign-in');
  await expect(whoami(server)).rejects.toThrow(/needs a sign-in/);
  await connect(server.id);
  expect(await whoami(server)).toMatch(/^client /);
});

it('disconnects: the tokens are revoked, and calls say what to do', async () => {
  const server = await registered('ended', { type: 'oauth' });
  await connect(server.id);
  await whoami(server);
  const [token] = lastToken();
  expect(await api('POST', `/servers/${server.id}/disconnect`)).toEqual({ revoked: true });
  expect(await authorization.introspect(token!)).toBeUndefined();
  await expect(whoami(server)).rejects.toThrow(/needs a sign-in/);
});

it('signs in by itself with client credentials', async () => {
  const server = await registered('machine', {
    type: 'client_credentials',
    ...MACHINE,
  });
  expect(await whoami(server)).toBe('client machine');
  const refreshed = await runToEnd(PROGRAM, ['server', 'refresh', server.id], {
    env: { PORTCULLIS_HOME: gateway.home },
  });
  expect(refreshed.stdout).toContain('whoami');
  expect(await status(server.id)).toBe('connected');
});

it('an answer with another issuer, another state or in another browser connects nothing', async () => {
  const server = await registered('tricked', { type: 'oauth' });
  const begin = async (headers = {}): Promise<{ url: string; cookie: string }> => {
    const answer = await fetch(`${gateway.url}/api/v1/servers/${server.id}/connect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.adminKey}`, ...headers },
    });
    const { authorizationUrl } = (await answer.json()) as { authorizationUrl: string };
    const back = await signIn(authorizationUrl, `${gateway.url}/oauth/callback`);
    return { url: back.href, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
  };
  const visit = async (url: string, cookie = ''): Promise<number> => {
    const answer = await fetch(url, { headers: { cookie } });
    answers.push(await answer.text());
    return answer.status;
  };
  const mixed = new URL((await begin()).url);
  mixed.searchParams.set('iss', 'https://evil.example');
  expect(await visit(mixed.href)).toBe(400);
  const forged = new URL((await begin()).url);
  forged.searchParams.set('state', 'A'.repeat(43));
  expect(await visit(forged.href)).toBe(404);
  expect(await visit((await begin({ 'sec-fetch-site': 'same-origin' })).url)).toBe(404);
  expect(await status(server.id)).toBe('needs-sign-in');
  const { url, cookie } = await begin({ 'sec-fetch-site': 'same-origin' });
  expect(await visit(url, cookie)).toBe(200);
  expect(await status(server.id)).toBe('connected');
});

it('a server that moved loses its connection', async () => {
  const server = await registered('moved', { type: 'oauth' });
  await connect(server.id);
  await api('PATCH', `/servers/${server.id}`, { url: upstream.url.replace('127.0.0.1', 'localhost') });
  expect(await status(server.id)).toBe('needs-sign-in');
});

it('goes on while the master key is rotated, and after a restart without the old one', async () => {
  const server = await registered('rotated', { type: 'oauth' });
  await connect(server.id);
  expect(await whoami(server)).toMatch(/^client /);
  const env = { PORTCULLIS_HOME: gateway.home };
  const rotate = (...args: string[]) => runToEnd(PROGRAM, ['admin', 'rotate-master-key', ...args], { env });
  expect(await rotate()).toMatchObject({ code: 0 });
  expect(await whoami(server)).toMatch(/^client /);
  await connect(server.id);
  const late = await registered('late', { type: 'client_credentials', ...MACHINE });
  expect(await rotate('--forget-previous')).toMatchObject({ code: 0 });
  await gateway.restart();
  expect(await whoami(server)).toMatch(/^client /);
  expect(await whoami(late)).toBe('client machine');
});

it('describes itself to authorization servers', async () => {
  const answer = await fetch(`${gateway.url}/oauth/client.json`);
  expect(await answer.json()).toMatchObject({
    client_id: `${gateway.url}/oauth/client.json`,
    redirect_uris: [`${gateway.url}/oauth/callback`],
    token_endpoint_auth_method: 'none',
  });
});

it('no token, code or secret is in any answer, log, event or stored file, and no client token at the server', async () => {
  answers.push(gateway.logs());
  for (const path of ['/servers', '/events', '/decisions'])
    answers.push(JSON.stringify((await gateway.api('GET', path)).body));
  for (const entry of await readdir(gateway.home, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) answers.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  expect(authorization.secrets.size).toBeGreaterThan(10);
  const leaked = [...authorization.secrets].filter((secret) => answers.some((text) => text.includes(secret)));
  expect(leaked).toEqual([]);
  const headers = upstream.seen.map((request) => request.headers).join('\n');
  expect(headers).toContain('Bearer ');
  expect(headers).not.toContain('pcg_');
  expect(headers).not.toContain(gateway.adminKey);
});
