import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../store/index.ts';
import { formToken } from './contact/form-token.ts';
import { senderAddress } from './contact/sender.ts';
import { PUBLIC_URL, samplePages, type SamplePages } from './testing/sample-pages.ts';

const SECRET = randomBytes(32);
const LETTER = {
  name: 'Ada',
  email: 'ada@example.com',
  message: 'Is it\r\njudged rightly?',
  page: '/catalog/shop',
};

let now: number;
let store: Store;
let pages: SamplePages;
let sent = 0;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  store = await openStore('sqlite::memory:', { clock: () => now });
  pages = samplePages({
    contact: { messages: store.contactMessages, secret: async () => SECRET, now: () => now },
  });
  return () => store.close();
});

/** A token of a form that somebody had time to fill in. */
const token = (age = 10_000): string => formToken(SECRET, now - age, `nonce-${sent++}-of-test`);

function post(
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
  peer = '198.51.100.7',
) {
  return pages.app.request(
    `${PUBLIC_URL}/contact`,
    {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: PUBLIC_URL, ...headers },
    },
    { incoming: { socket: { remoteAddress: peer } } },
  );
}

const kept = async () => (await store.contactMessages.page({})).items;

it('from the form on any page, by a second look, to the operator', async () => {
  const look = await post(LETTER);
  const html = await look.text();
  expect(look.headers.get('cache-control')).toBe('no-store');
  expect(html).toContain('Read it once more');
  expect(html).toContain('judged rightly?</textarea>');
  expect(await kept()).toEqual([]);
  const given = /name="token"\s+value="([^"]+)"/.exec(html)![1]!;
  now += 3000;
  const done = await post({ ...LETTER, token: given });
  expect([done.status, done.headers.get('location')]).toEqual([303, '/contact/sent']);
  expect(await pages.read('/contact/sent')).toContain('Message sent');
  expect(await kept()).toMatchObject([{ at: now, ...LETTER, message: 'Is it\njudged rightly?' }]);
  expect(JSON.stringify(await kept())).not.toContain('198.51.100.7');
});

it('a form that is sent twice is one letter', async () => {
  const once = { ...LETTER, token: token() };
  expect([(await post(once)).status, (await post(once)).status]).toEqual([303, 303]);
  expect(await kept()).toHaveLength(1);
});

describe('is not taken', () => {
  it.each([
    ['from another site', { origin: 'https://evil.example' }],
    ['from a page that hides where it is', { origin: 'null' }],
  ])('%s', async (_, headers) => {
    expect((await post({ ...LETTER, token: token() }, headers)).status).toBe(403);
    expect(await kept()).toEqual([]);
  });

  it('without an origin', async () => {
    const answer = await pages.app.request(`${PUBLIC_URL}/contact`, {
      method: 'POST',
      body: new URLSearchParams(LETTER),
    });
    expect(answer.status).toBe(403);
  });

  it('as JSON', async () => {
    expect((await post({ ...LETTER, token: token() }, { 'content-type': 'application/json' })).status).toBe(
      400,
    );
  });

  it.each([
    ['too young', () => token(100)],
    ['too old', () => token(3 * 60 * 60 * 1000)],
    ['of another secret', () => formToken(randomBytes(32), now - 10_000, 'nonce-of-test')],
    ['altered', () => token().replace(/^../, 'zz')],
    ['made up', () => 'x'],
  ])('with a form that is %s; what was written stays', async (_, make) => {
    const answer = await post({ ...LETTER, token: make() });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('ada@example.com');
    expect(await kept()).toEqual([]);
  });

  it.each([
    [{ email: 'nobody' }, 'email'],
    [{ email: 'a@b.example, c@d.example' }, 'email'],
    [{ message: ' ' }, 'message'],
    [{ message: 'x'.repeat(4001) }, 'message'],
  ])('%j: says which field and why', async (change, field) => {
    const answer = await post({ ...LETTER, token: token(), ...change });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`id="letter-${field}-error"`);
    expect(await kept()).toEqual([]);
  });

  it('when it is huge', async () => {
    expect((await post({ ...LETTER, message: 'x'.repeat(40_000), token: token() })).status).toBe(413);
  });

  it('from a program that fills in everything, which does not learn it', async () => {
    expect((await post({ ...LETTER, token: token(), website: 'https://spam.example' })).status).toBe(303);
    expect(await kept()).toEqual([]);
  });

  it('beyond ten a day from one sender, while others still may', async () => {
    for (let index = 0; index < 10; index++)
      expect((await post({ ...LETTER, token: token() })).status).toBe(303);
    const refused = await post({ ...LETTER, token: token() });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain('judged rightly?');
    expect((await post({ ...LETTER, token: token() }, {}, '198.51.100.8')).status).toBe(303);
    now += 25 * 60 * 60 * 1000;
    expect((await post({ ...LETTER, token: token() })).status).toBe(303);
  });
});

it('keeps plain text only', async () => {
  await post({
    ...LETTER,
    name: 'A\u202eda\u0007\0',
    message: 'a\0b\u202ec\tend',
    page: '//evil.example',
    token: token(),
  });
  expect(await kept()).toMatchObject([{ name: 'Ada', message: 'abc\tend', page: '/contact' }]);
});

it.each([
  ['198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['::ffff:10.1.2.3', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ['2001:db8:1:2:3::9', undefined, '2001:db8:1:2'],
  ['2001:db8::1', undefined, '2001:db8:0:0'],
  [undefined, undefined, ''],
])('the sender behind %s that forwards %s is %s', (peer, forwarded, sender) => {
  expect(senderAddress(peer, forwarded)).toBe(sender);
});
