import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sseLines, startGateway, type TestGateway } from '../kit/index.ts';
import { rawRequest } from '../kit/raw-http.ts';
import { Browser, OWNER, ownerOf } from './browser.ts';

let gateway: TestGateway;
let owner: Browser;
beforeAll(async () => {
  gateway = await startGateway();
  owner = await ownerOf(gateway);
}, 60_000);
afterAll(() => gateway.stop());

const KEY = { label: 'k', role: 'viewer' };
const SESSION = 'portcullis.session_token';

describe('requests from other sites', () => {
  it.each([
    ['of another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another origin alone', { origin: 'https://evil.example' }],
    ['of another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['of no origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['that say cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that say same-site', { 'sec-fetch-site': 'same-site' }],
    ['that a user did not cause here', { 'sec-fetch-site': 'none' }],
  ])('%s change nothing', async (_, headers) => {
    const bare = new Browser(gateway);
    for (const [name, value] of owner.cookies) bare.cookies.set(name, value);
    const before = (await owner.send('GET', '/api/v1/api-keys')).body['items'].length;
    for (const path of ['/api/v1/api-keys', '/api/auth/sign-out'])
      expect((await bare.send('POST', path, KEY, headers)).status, path).toBe(403);
    expect((await owner.send('GET', '/api/v1/api-keys')).body['items']).toHaveLength(before);
  });

  it('that say nothing change nothing', async () => {
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${gateway.url}/api/v1/api-keys`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(KEY),
    });
    // Node's fetch says "cors" as its mode, but neither where it is nor whether that is here.
    expect(answer.status).toBe(403);
  });

  it('sign nobody in', async () => {
    const { status } = await new Browser(gateway).send('POST', '/api/auth/sign-in/email', OWNER, {
      origin: 'https://evil.example',
    });
    expect(status).toBe(403);
  });
});

it('a forged Host is refused, and steers no link', async () => {
  for (const path of ['/api/v1/me', '/api/v1/servers'])
    expect((await owner.send('GET', path, undefined, { host: 'evil.example' })).status).toBe(403);
  const asked = await new Browser(gateway).send(
    'POST',
    '/api/auth/sign-in/magic-link',
    { email: OWNER.email },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  );
  expect(asked.status).toBe(200);
  expect(gateway.logs()).toContain(`${gateway.url}/api/auth/magic-link/verify`);
  expect(gateway.logs()).not.toContain('evil.example');
});

it('a session that was planted is not taken over', async () => {
  const victim = new Browser(gateway);
  victim.cookies.set(SESSION, 'planted.value');
  expect((await victim.signIn(OWNER.email, OWNER.password)).status).toBe(200);
  expect(victim.cookies.get(SESSION)).not.toContain('planted');
  const attackers = new Browser(gateway);
  await attackers.signIn(OWNER.email, OWNER.password);
  const own = attackers.cookies.get(SESSION)!;
  const second = new Browser(gateway);
  second.cookies.set(SESSION, own);
  await second.signIn(OWNER.email, OWNER.password);
  expect(second.cookies.get(SESSION)).not.toBe(own);
});

it('a session ends with signing out, with what is read to it, and its token is in no answer', async () => {
  const browser = new Browser(gateway);
  const signedIn = await browser.signIn(OWNER.email, OWNER.password);
  expect(JSON.stringify(signedIn.body)).not.toContain(
    decodeURIComponent(browser.cookies.get(SESSION)!).split('.')[0],
  );
  const flags = String(signedIn.headers['set-cookie']);
  expect(flags).toMatch(/HttpOnly/i);
  expect(flags).toMatch(/SameSite=Lax/i);
  const kept = browser.cookies.get(SESSION)!;
  const cookie = `${SESSION}=${kept}`;
  const stream = await sseLines(`${gateway.url}/api/v1/decisions/stream`, { headers: { cookie } });
  expect(stream.status).toBe(200);
  expect((await browser.send('POST', '/api/auth/sign-out')).status).toBe(200);
  browser.cookies.set(SESSION, kept);
  expect((await browser.send('GET', '/api/v1/me')).status).toBe(401);
  await stream.ended;
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'http://127.0.0.1.evil.example'])(
  'no link leads to %s',
  async (callbackURL) => {
    for (const path of ['/api/auth/sign-in/magic-link', '/api/auth/request-password-reset']) {
      const body = { email: OWNER.email, callbackURL, redirectTo: callbackURL };
      expect((await new Browser(gateway).send('POST', path, body)).status, path).toBe(422);
    }
    const path = `/api/auth/magic-link/verify?token=x&callbackURL=${encodeURIComponent(callbackURL)}`;
    const answer = await new Browser(gateway).send('GET', path);
    expect(String(answer.headers['location'] ?? '')).not.toContain('evil.example');
  },
);

it('guessing ends, for one account and whatever addresses it claims', async () => {
  const guesser = new Browser(gateway);
  let last = 0;
  for (let guess = 0; guess < 11; guess++) {
    const headers = { 'x-forwarded-for': `192.0.2.${guess}` };
    const body = { email: 'mallory@example.com', password: `guess number ${guess}` };
    last = (await guesser.send('POST', '/api/auth/sign-in/email', body, headers)).status;
  }
  expect(last).toBe(429);
  expect((await guesser.signIn(OWNER.email, OWNER.password)).status).toBe(200);
});

it.each([
  ['as a form', 'application/x-www-form-urlencoded', 'email=eve%40example.com&password=guess'],
  ['behind a byte order mark', 'application/json', '\ufeff{"email":"eve@example.com","password":"guess"}'],
  [
    'with the address twice',
    'application/json',
    '{"email":"a","email":"eve@example.com","password":"guess"}',
  ],
])('no guess is made %s, where it would not be counted', async (_, type, body) => {
  const { status } = await rawRequest(`${gateway.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: gateway.url, 'content-type': type, 'content-length': Buffer.byteLength(body) },
    body,
  });
  expect([400, 415]).toContain(status);
});

it('a query that says twice where to go goes nowhere', async () => {
  const path = '/api/auth/magic-link/verify?token=x&callbackURL=https://evil.example&callbackURL=/servers';
  const { status, headers } = await new Browser(gateway).send('GET', path);
  expect([status, headers['location']]).toEqual([422, undefined]);
});

it('what the library offers beside is closed', async () => {
  for (const [method, path] of [
    ['POST', '/organization/create'],
    ['POST', '/organization/update-member-role'],
    ['POST', '/organization/invite-member'],
    ['GET', '/organization/list-user-invitations'],
    ['POST', '/change-email'],
    ['GET', '/list-sessions'],
    ['POST', '/delete-user'],
    ['POST', '/update-user'],
    ['POST', '/link-social'],
    ['POST', '/unlink-account'],
    ['GET', '/list-accounts'],
    ['GET', '/error'],
  ] as const)
    expect(
      (await owner.send(method, `/api/auth${path}`, method === 'GET' ? undefined : {})).status,
      path,
    ).toBe(404);
});

it('cookies are marked for HTTPS behind an HTTPS address', async () => {
  const secured = await startGateway({ env: { PORTCULLIS_PUBLIC_URL: 'https://gate.example' } });
  try {
    const token = /token=([\w-]+)/.exec(secured.logs())?.[1];
    const headers = { host: 'gate.example', origin: 'https://gate.example' };
    const answer = await new Browser(secured).send('POST', '/api/v1/setup', { token, ...OWNER }, headers);
    expect(answer.status).toBe(201);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Secure-portcullis\.session_token=.*Secure/);
  } finally {
    await secured.stop();
  }
}, 60_000);

it('a mail server gets the link, and the log does not', async () => {
  const mails: string[] = [];
  const smtp = await smtpServer((mail) => mails.push(mail));
  const port = (smtp.address() as AddressInfo).port;
  const mailing = await startGateway({ env: { PORTCULLIS_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  try {
    const admin = await ownerOf(mailing);
    const { body } = await admin.send('POST', '/api/v1/invitations', {
      email: 'z@example.com',
      role: 'viewer',
    });
    expect(mails.join('')).toContain('z@example.com');
    expect(mailing.logs()).not.toContain(body['id']);
  } finally {
    await mailing.stop();
    smtp.close();
  }
}, 60_000);

/** As much of RFC 5321 as takes one mail. */
async function smtpServer(got: (mail: string) => void): Promise<Server> {
  const server = createServer((socket) => {
    let data: string | undefined;
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (data !== undefined) {
        data += text;
        if (!data.endsWith('\r\n.\r\n')) return;
        got(data);
        data = undefined;
        return socket.write('250 ok\r\n');
      }
      if (/^DATA/i.test(text)) data = '';
      socket.write(
        /^DATA/i.test(text) ? '354 go on\r\n' : /^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
