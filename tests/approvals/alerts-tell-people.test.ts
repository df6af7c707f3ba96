import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../../src/cli/testing/run.ts';
import {
  guardServer,
  PROGRAM,
  rawRequest,
  runToEnd,
  startFixture,
  textOf,
  v1Client,
  v2Client,
} from '../kit/index.ts';
import { openDesk, POLICY } from './desk.ts';
import { httpReceiver, mailReceiver, type HttpReceiver, type MailReceiver } from './receivers.ts';

let http: HttpReceiver;
let mail: MailReceiver;
const env: Record<string, string> = {};
beforeAll(async () => {
  http = await httpReceiver();
  mail = await mailReceiver();
  env['PORTCULLIS_SMTP_URL'] = mail.url;
});
const desk = openDesk({ env });
afterAll(async () => {
  await http.close();
  await mail.close();
});

interface Alert {
  readonly id: string;
  readonly secret?: string;
  readonly [member: string]: unknown;
}

const create = (body: object) => desk.gateway.api<Alert>('POST', '/alerts', body);
const at = (path: string) => http.received.filter((one) => one.path === path);
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  rawRequest(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

async function call(text: string): Promise<string> {
  const client = await v1Client(desk.guarded.url, { token: desk.guarded.token });
  const answer = textOf(await client.callTool('echo', { text }));
  await client.close();
  return answer;
}

describe('a one-time link', () => {
  const opened = (): string[] =>
    mail.mails.flatMap(({ text }) => /http:\S+\/approve\/\S+/.exec(text)?.[0] ?? []);

  it('comes by e-mail, one for each recipient; opening it decides nothing, and it answers once', async () => {
    const alert = await create({
      name: 'approvers',
      channel: 'email',
      to: ['anna@example.com', 'bert@example.com'],
      events: ['approval_waiting'],
    });
    expect(alert.status).toBe(201);
    expect(await call('by mail <b>bold</b>')).toContain('[APPROVAL REQUIRED]');
    await expect.poll(() => mail.mails.length, { timeout: 10_000 }).toBe(2);
    expect(mail.mails.map(({ to }) => to).toSorted()).toEqual(['anna@example.com', 'bert@example.com']);
    expect(mail.mails[0]!.text).not.toContain('bold');
    const [link, other] = opened() as [string, string];
    expect(link).not.toBe(other);

    const forged = link.replace(/\.[^.]+$/, `.${encodeURIComponent('é'.repeat(43))}`);
    expect((await rawRequest(forged)).status).toBe(404);
    const page = await rawRequest(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('by mail &lt;b&gt;bold&lt;/b&gt;');
    expect(page.text).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await desk.newest()).state).toBe('pending');
    const { id, viewHash: seen } = await desk.newest();

    expect((await post(link, { decision: 'approve', seen })).status).toBe(422);
    expect((await post(link, { decision: 'deny', confirm: 'yes', seen })).status).toBe(422);
    const bearer = { authorization: `Bearer ${desk.guarded.token}` };
    expect((await post(link, { decision: 'approve', confirm: 'yes', seen }, bearer)).status).toBe(401);
    expect((await desk.newest()).state).toBe('pending');

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(link, { decision: 'approve', confirm: 'yes', seen })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404]);
    const { body } = await desk.gateway.api(`GET`, `/approvals/${id}`);
    expect(body).toMatchObject({
      state: 'approved',
      votes: [{ actor: expect.stringMatching(/anna|bert/), via: 'link' }],
    });
    expect((await rawRequest(link)).status).toBe(404);
    expect((await post(other, { decision: 'deny', reason: 'no', confirm: 'yes', seen })).status).toBe(409);
  });

  it('cannot be made up, nor turned into another', async () => {
    await call('forged');
    const before = opened().length;
    await expect.poll(() => opened().length, { timeout: 10_000 }).toBeGreaterThan(Math.min(before, 3));
    const link = opened().at(-1)!;
    const { viewHash: seen } = await desk.newest();
    const cut = link.lastIndexOf('.');
    for (const forged of [
      `${link.slice(0, cut)}.${'A'.repeat(43)}`,
      `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
      `${opened()[0]!.slice(0, opened()[0]!.lastIndexOf('.'))}${link.slice(cut)}`,
      link.slice(0, cut),
      `${link}.x`,
    ]) {
      expect((await rawRequest(forged)).status).toBe(404);
      expect((await post(forged, { decision: 'approve', confirm: 'yes', seen })).status).toBe(404);
    }
    expect((await desk.newest()).state).toBe('pending');
  });
});

describe('an alert', () => {
  it('is signed by Standard Webhooks, tried again after a failure, and told once in its window', async () => {
    const url = `${http.url}/hook`;
    const { body, status } = await create({ name: 'hook', channel: 'webhook', url, events: ['denied'] });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^whsec_/);
    expect(JSON.stringify((await desk.gateway.api('GET', `/alerts/${body.id}`)).body)).not.toContain(
      'whsec_',
    );
    http.statuses.push(503);
    await desk.gateway.api('PUT', `/policies/${desk.guarded.policyId}`, {
      document: {
        version: '1',
        default: 'allow',
        tools: { write_note: { action: 'deny', reason: 'read only' } },
      },
    });
    const client = await v1Client(desk.guarded.url, { token: desk.guarded.token });
    for (let i = 0; i < 5; i += 1) await client.callTool('write_note', { secret: 'not in alerts' });
    await client.close();
    await expect.poll(() => at('/hook').length, { timeout: 20_000 }).toBe(2);
    const [first, again] = at('/hook');
    expect(again!.body).toBe(first!.body);
    expect(again!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = again!.headers;
    const key = Buffer.from(body.secret!.slice('whsec_'.length), 'base64');
    const right = createHmac('sha256', key)
      .update(`${String(id)}.${String(seconds)}.${again!.body}`)
      .digest('base64');
    expect(signature).toBe(`v1,${right}`);
    expect(JSON.parse(again!.body)).toMatchObject({
      type: 'portcullis.denied',
      data: { text: 'read only', facts: { Tool: 'write_note' } },
    });
    expect(again!.body).not.toContain('not in alerts');
    await desk.gateway.api('PUT', `/policies/${desk.guarded.policyId}`, { document: POLICY });
  });

  it('has a form for Slack and for Teams, and a test that says how it went', async () => {
    for (const channel of ['slack', 'teams']) {
      const { body } = await create({
        name: channel,
        channel,
        url: `${http.url}/${channel}`,
        events: ['drift'],
      });
      expect(body['target']).toBe(`${http.url}/…`);
      const tested = await desk.gateway.api('POST', `/alerts/${body.id}/test`);
      expect(tested.body).toMatchObject({ deliveries: [{ attempts: 1, error: null }] });
    }
    expect(JSON.parse(at('/slack')[0]!.body)).toMatchObject({ blocks: [{ type: 'header' }, {}, {}] });
    expect(JSON.parse(at('/teams')[0]!.body)).toMatchObject({
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    });
    const bad = await create({
      name: 'bad',
      channel: 'slack',
      url: 'http://169.254.169.254/x',
      events: ['drift'],
    });
    const tested = await desk.gateway.api('POST', `/alerts/${bad.body.id}/test`);
    expect(tested.body).toMatchObject({
      deliveries: [{ doneAt: null, error: expect.stringContaining('169.254') }],
    });
    expect((await desk.gateway.api('DELETE', `/alerts/${bad.body.id}`)).status).toBe(204);
  });

  it('is added, changed, tried and removed from the shell', async () => {
    const env = { PORTCULLIS_HOME: desk.gateway.home, THEIR_URL: `${http.url}/shell` };
    const run = (...args: string[]) => runHere(env, 'alert', ...args);
    const what = ['--event', 'drift', '--event', 'denied', '--server', desk.guarded.server.id];
    const add = ['alert', 'add', 'shell', '--channel', 'webhook', '--url-env', 'THEIR_URL', ...what];
    const added = await runToEnd(PROGRAM, add, { env });
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/It signs with whsec_\S+,/) });
    const listed = (await run('list')).stdout;
    expect(listed).toMatch(/^shell +webhook +http\S+\/… +drift, denied +recorder +on$/m);
    expect(listed).not.toContain('/shell');

    expect((await run('test', 'shell')).code).toBe(0);
    expect(at('/shell').map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'portcullis.test',
    ]);
    http.statuses.push(500);
    const failed = await run('test', 'shell', '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject([{ attempts: 1, doneAt: null, error: 'HTTP 500' }]);

    const changed = await run('set', 'shell', '--off', '--no-server', '--name', 'quiet', '--json');
    expect(JSON.parse(changed.stdout)).toMatchObject({ enabled: false, server: null, name: 'quiet' });
    const shown = (await run('show', 'quiet')).stdout;
    expect(shown).toContain('quiet: webhook to http');
    // The second may have arrived by now: what failed is tried again.
    expect(shown.match(/^\d{4}-\S+ +[12] /gm)).toHaveLength(2);
    expect((await run('remove', 'quiet')).code).toBe(0);
    expect((await desk.gateway.api<{ items: Alert[] }>('GET', '/alerts')).body.items).not.toContainEqual(
      expect.objectContaining({ name: 'quiet' }),
    );

    const wrong: readonly (readonly [number, ...string[]])[] = [
      [1, 'remove', 'quiet'],
      [1, 'add', 'x', '--channel', 'webhook', '--event', 'drift'],
      [1, 'add', 'x', '--channel', 'slack', '--url', 'https://chat.example', '--event', 'nothing'],
      [1, 'add', 'x', '--channel', 'email', '--to', 'anna@example.com', '--event', 'drift'],
      [2, 'add', 'x', '--channel', 'pigeon', '--event', 'drift'],
      [2, 'add', 'x', '--channel', 'slack', '--url-env', 'NO_SUCH', '--event', 'drift'],
      [2, 'set', 'slack'],
      [2, 'set', 'slack', '--on', '--off'],
    ];
    for (const [code, ...args] of wrong) {
      const ran = await run(...args);
      expect(ran, args.join(' ')).toMatchObject({ code, stdout: '' });
      expect(ran.stderr, args.join(' ')).toMatch(/^portcullis: /);
    }
  }, 60_000);

  it('is checked field by field, and changed without losing its secret', async () => {
    const wrong = async (body: object, pointer: string) =>
      expect((await create({ name: 'x', events: ['drift'], ...body })).body).toMatchObject({
        errors: [{ pointer }],
      });
    await wrong({ channel: 'webhook' }, '/url');
    await wrong({ channel: 'webhook', url: 'ftp://x' }, '/url');
    await wrong({ channel: 'webhook', url: http.url, secret: 'short' }, '/secret');
    await wrong({ channel: 'email' }, '/to');
    await wrong({ channel: 'slack', url: http.url, to: ['a@example.com'] }, '/to');
    await wrong({ channel: 'slack', url: http.url, events: ['everything'] }, '/events/0');
    const { body } = await create({
      name: 'kept',
      channel: 'webhook',
      url: `${http.url}/kept`,
      events: ['drift'],
    });
    const patched = await desk.gateway.api('PATCH', `/alerts/${body.id}`, { name: 'renamed' });
    expect(patched.body).toMatchObject({ name: 'renamed', target: `${http.url}/…` });
    await desk.gateway.api('POST', `/alerts/${body.id}/test`);
    expect(at('/kept')[0]!.headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('tells of limits that fill up, servers that are down, and drift', async () => {
    await create({
      name: 'watch',
      channel: 'webhook',
      url: `${http.url}/watch`,
      events: ['limit_near', 'upstream_down', 'drift'],
    });
    const gone = await startFixture('recorder');
    const policy = {
      version: '1',
      default: 'allow',
      tools: { echo: { limits: [{ counter: 'few', window: 'day', max: 5 }] } },
    };
    const guarded = await guardServer(desk.gateway, { name: 'Watched', url: gone.url }, policy);
    const client = await v2Client(guarded.url, 'modern', { token: guarded.token });
    for (let i = 0; i < 4; i += 1) await client.callTool('echo', { i });
    const types = (): string[] => at('/watch').map(({ body }) => (JSON.parse(body) as { type: string }).type);
    await expect.poll(types, { timeout: 10_000 }).toContain('portcullis.limit_near');
    await gone.stop();
    await client.callTool('read_note', {});
    await expect.poll(types, { timeout: 10_000 }).toContain('portcullis.upstream_down');
    await client.close();
  });
});
