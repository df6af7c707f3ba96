import { afterAll, beforeAll, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser, OWNER, ownerOf, type Seen } from '../accounts/browser.ts';
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

let authorization: AuthorizationServer;
let upstream: ProtectedServer;
let gateway: TestGateway;
let ada: Browser;
let bob: Browser;
let server: string;
const ids = { ada: '', bob: '', bobMember: '' };
const tokens = { ada: '', bob: '', nobody: '' };
const answers: string[] = [];

const BOB = { name: 'Bob', password: 'a long enough one' };
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'person', arguments: {} } };

beforeAll(async () => {
  authorization = await startAuthorizationServer({});
  upstream = await startProtectedServer(authorization);
  gateway = await startGateway({ env: { PORTCULLIS_LOG_LEVEL: 'trace' } });
  ada = await ownerOf(gateway);
  const invited = await ada.send('POST', '/api/v1/invitations', { email: 'bob@example.com', role: 'viewer' });
  bob = new Browser(gateway);
  await bob.send('POST', `/api/v1/join/${invited.body['id']}`, BOB);
  for (const member of (await ada.send('GET', '/api/v1/members')).body['items']) {
    if (member.email === OWNER.email) ids.ada = member.personId;
    else [ids.bob, ids.bobMember] = [member.personId, member.id];
  }
  const made = await ada.send('POST', '/api/v1/servers', {
    name: 'personal',
    url: upstream.url,
    auth: { type: 'oauth', perUser: true },
  });
  server = made.body['id'];
  const policy = await createPolicy(gateway, server, { version: '1', default: 'allow' });
  const mint = async (ownerId?: string): Promise<string> =>
    (await mintGrant(gateway, server, { policyId: policy.id, ...(ownerId ? { ownerId } : {}) })).token;
  [tokens.ada, tokens.bob, tokens.nobody] = [await mint(ids.ada), await mint(ids.bob), await mint()];
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await upstream?.stop();
  await authorization?.stop();
});

async function begin(browser: Browser): Promise<Seen> {
  const answer = await browser.send('POST', '/api/v1/servers/personal/connect-me');
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
}

async function connect(browser: Browser, login: string): Promise<void> {
  const { body } = await begin(browser);
  const back = await signIn(body['authorizationUrl'], `${gateway.url}/oauth/callback`, login);
  expect((await browser.send('GET', back.href)).status).toBe(200);
  await expect.poll(() => statusFor(browser), { timeout: 20_000 }).toBe('connected');
  // Every node acts on a sign-in soon; it has no request that could wait for that.
  const token = browser === ada ? tokens.ada : tokens.bob;
  await expect.poll(() => call(token), { timeout: 20_000 }).toContain('person');
}

async function statusFor(browser: Browser): Promise<string> {
  return (await browser.send('GET', '/api/v1/servers/personal')).body['auth'].status;
}

/** A call without a session, and all of its answer. */
async function call(token: string): Promise<string> {
  const answer = await fetch(`${gateway.url}/mcp/personal`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(CALL),
  });
  const text = await answer.text();
  answers.push(text);
  return text;
}

async function person(token: string): Promise<string> {
  const client = await v1Client(`${gateway.url}/mcp/personal`, { token });
  try {
    return textOf(await client.sdk.callTool({ name: 'person', arguments: {} }));
  } finally {
    await client.close();
  }
}

/** That nothing arrives at the server meanwhile. */
async function unseen(work: () => Promise<void>): Promise<void> {
  const before = upstream.seen.length;
  await work();
  expect(upstream.seen.slice(before)).toEqual([]);
}

it('says who must connect and where, before anything is sent', async () => {
  expect(await statusFor(bob)).toBe('needs-sign-in');
  await unseen(async () => {
    const where = `${gateway.url}/servers/personal`;
    const text = await call(tokens.bob);
    expect(text).toContain(`Bob <bob@example.com> must first choose “Connect as me” at ${where}`);
    expect(JSON.parse(text).result).toMatchObject({ isError: true });
    await expect(person(tokens.bob)).rejects.toThrow(/Bob <bob@example.com> must first choose/);
    expect(await call(tokens.nobody)).toContain(
      `This grant has no owner: an admin must give it one at ${where}`,
    );
    await expect(person(tokens.nobody)).rejects.toThrow(/has no owner/);
    const stream = await fetch(`${gateway.url}/mcp/personal`, {
      headers: { authorization: `Bearer ${tokens.bob}`, accept: 'text/event-stream' },
    });
    expect([stream.status, await stream.text()]).toEqual([502, expect.stringContaining('Bob')]);
    const sse = await fetch(`${gateway.url}/sse/personal`, {
      headers: { authorization: `Bearer ${tokens.bob}` },
    });
    expect([sse.status, await sse.text()]).toEqual([502, expect.stringContaining('Bob')]);
  });
});

it('the sign-in of one person does not serve the other', async () => {
  await connect(ada, 'ada-there');
  expect(await statusFor(bob)).toBe('needs-sign-in');
  await unseen(async () => expect(await call(tokens.bob)).toContain('must first choose'));
  expect(await person(tokens.ada)).toBe('person ada-there');
});

it('a sign-in that one person began cannot be completed by another', async () => {
  const { body } = await begin(bob);
  const back = await signIn(body['authorizationUrl'], `${gateway.url}/oauth/callback`, 'ada-there');
  expect((await ada.send('GET', back.href)).status).toBe(404);
  expect(await statusFor(bob)).toBe('needs-sign-in');
});

it('a sign-in for everybody stays with the person who began it, also where browsers do not say which site they are at', async () => {
  const input = { name: 'shared', url: upstream.url, auth: { type: 'oauth' } };
  const { id } = (await ada.send('POST', '/api/v1/servers', input)).body;
  const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const begun = await fetch(`${gateway.url}/api/v1/servers/${id}/connect`, {
    method: 'POST',
    headers: { cookie, origin: gateway.url },
  });
  const { authorizationUrl } = (await begun.json()) as { authorizationUrl: string };
  const back = await signIn(authorizationUrl, `${gateway.url}/oauth/callback`, 'bob-there');
  expect((await bob.send('GET', back.href)).status).toBe(404);
  expect((await ada.send('GET', `/api/v1/servers/${id}`)).body['auth'].status).toBe('needs-sign-in');
  expect((await ada.send('DELETE', `/api/v1/servers/${id}`)).status).toBe(204);
});

it('two people call at once, and each call arrives as its own person', async () => {
  await connect(bob, 'bob-there');
  const before = upstream.seen.length;
  const turns = Array.from({ length: 12 }, (_, turn) => (turn % 2 === 0 ? 'ada' : 'bob') as 'ada' | 'bob');
  const said = await Promise.all(turns.map((who) => call(tokens[who])));
  for (const [turn, who] of turns.entries()) expect(said[turn]).toContain(`person ${who}-there`);
  expect(await Promise.all([person(tokens.ada), person(tokens.bob)])).toEqual([
    'person ada-there',
    'person bob-there',
  ]);
  const sockets = new Map<number, Set<string>>();
  for (const { headers, socket } of upstream.seen.slice(before)) {
    const bearer = /Bearer (\S+)/.exec(headers)?.[1] ?? '';
    sockets.set(socket, (sockets.get(socket) ?? new Set()).add(bearer));
  }
  expect(sockets.size).toBeGreaterThan(1);
  for (const bearers of sockets.values()) expect(bearers.size).toBe(1);
});

it('nobody connects for everybody, an API key for nobody, and a grant keeps its owner', async () => {
  expect((await ada.send('POST', '/api/v1/servers/personal/connect')).status).toBe(409);
  expect((await gateway.api('POST', '/servers/personal/connect-me')).status).toBe(409);
  const grants = (await ada.send('GET', '/api/v1/servers/personal/grants')).body['items'];
  const own = grants.find((grant: { ownerId: string }) => grant.ownerId === ids.ada);
  expect((await ada.send('PATCH', `/api/v1/grants/${own.id}`, { ownerId: ids.bob })).status).toBe(409);
  const stranger = await ada.send('POST', '/api/v1/servers/personal/grants', {
    label: 'x',
    ownerId: 'stranger',
  });
  expect([stranger.status, JSON.stringify(stranger.body)]).toEqual([
    422,
    expect.stringContaining('/ownerId'),
  ]);
  const shown = await ada.send('GET', '/api/v1/servers/personal/connections');
  expect(shown.body['items']).toMatchObject([{ status: 'connected' }, { status: 'connected' }]);
  expect((await bob.send('GET', '/api/v1/servers/personal/connections')).status).toBe(403);
});

it('lists the tools as whoever asks for them', async () => {
  const refreshed = await ada.send('POST', '/api/v1/servers/personal/tools/refresh');
  expect(JSON.stringify(refreshed.body)).toContain('whoami');
  await unseen(async () => {
    expect((await gateway.api('POST', '/servers/personal/tools/refresh')).status).toBe(502);
    const asked = await runToEnd(PROGRAM, ['server', 'refresh', 'personal'], {
      env: { PORTCULLIS_HOME: gateway.home },
    });
    expect(asked.code).not.toBe(0);
  });
});

it('goes on under a new master key', async () => {
  const env = { PORTCULLIS_HOME: gateway.home };
  expect(await runToEnd(PROGRAM, ['admin', 'rotate-master-key'], { env })).toMatchObject({ code: 0 });
  expect(await runToEnd(PROGRAM, ['admin', 'rotate-master-key', '--forget-previous'], { env })).toMatchObject(
    { code: 0 },
  );
  await gateway.restart();
  expect(await person(tokens.ada)).toBe('person ada-there');
});

it('disconnecting ends one person only', async () => {
  const { status, body } = await bob.send('POST', '/api/v1/servers/personal/disconnect-me');
  expect([status, body['revoked']]).toEqual([200, true]);
  await unseen(async () => expect(await call(tokens.bob)).toContain('must first choose'));
  expect(await person(tokens.ada)).toBe('person ada-there');
});

it('removing a member removes their tokens, and a sign-in under way keeps none', async () => {
  await connect(bob, 'bob-there');
  const bearer = /Bearer (\S+)/.exec(upstream.seen.at(-1)!.headers)![1]!;
  const { body } = await begin(bob);
  const back = await signIn(body['authorizationUrl'], `${gateway.url}/oauth/callback`, 'bob-there');
  expect((await ada.send('DELETE', `/api/v1/members/${ids.bobMember}`)).status).toBe(204);
  await unseen(async () => {
    expect(await call(tokens.bob)).toContain('Its owner has left the organization');
    expect((await bob.send('GET', back.href)).status).toBe(404);
  });
  await expect.poll(() => authorization.introspect(bearer), { timeout: 20_000 }).toBeUndefined();
  const again = await ada.send('POST', '/api/v1/invitations', { email: 'bob@example.com', role: 'viewer' });
  await bob.signIn('bob@example.com', BOB.password);
  expect((await bob.send('POST', `/api/v1/join/${again.body['id']}/accept`)).status).toBeLessThan(300);
  await expect.poll(() => call(tokens.bob), { timeout: 20_000 }).toContain('must first choose');
  expect(await person(tokens.ada)).toBe('person ada-there');
});

it('no token is in any answer, log, event or stored file', async () => {
  answers.push(gateway.logs());
  for (const path of [
    '/servers',
    '/events',
    '/decisions',
    '/servers/personal/connections',
    '/servers/personal/grants',
  ])
    answers.push(JSON.stringify((await ada.send('GET', `/api/v1${path}`)).body));
  for (const entry of await readdir(gateway.home, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) answers.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  expect(authorization.secrets.size).toBeGreaterThan(8);
  const leaked = [...authorization.secrets].filter((secret) => answers.some((text) => text.includes(secret)));
  expect(leaked).toEqual([]);
});
