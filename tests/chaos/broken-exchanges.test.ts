/** Promises 7 and 8: whatever breaks between client and server, the client gets a definite answer, the log the truth, and nothing stays open. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardServer, startGateway, type GuardedServer, type TestGateway } from '../kit/index.ts';
import { logged, openSession, openStream, sendCall, textOfAnswer, type Era } from './clients.ts';
import { expectNoLeak, footprint, type Footprint } from './footprint.ts';
import { resultOf, startUpstream, type ChaosUpstream } from './upstream.ts';

const ERAS = ['legacy', 'modern'] as const;

let gateway: TestGateway;
let upstream: ChaosUpstream;
let guarded: GuardedServer;
let before: Footprint;

beforeAll(async () => {
  [gateway, upstream] = await Promise.all([startGateway(), startUpstream()]);
  guarded = await guardServer(
    gateway,
    { name: 'chaos', url: upstream.url },
    { version: '1', default: 'allow' },
  );
  for (const era of ERAS) await works(era);
});
beforeEach(async () => {
  await vi.waitFor(async () => expect(await upstream.sockets()).toBe(0), 10_000);
  before = await footprint(gateway);
});
afterEach(async () => {
  expect(upstream.waiting).toEqual([]);
  await vi.waitFor(async () => expect(await upstream.sockets()).toBe(0), 10_000);
  await expectNoLeak(gateway, before);
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const sessionFor = async (era: Era) => (era === 'legacy' ? openSession(guarded) : undefined);

async function works(era: Era): Promise<void> {
  const sent = sendCall(guarded, era, await sessionFor(era));
  (await upstream.next()).answer('fine');
  expect(await textOfAnswer(sent)).toContain('fine');
}

describe.each(ERAS)('in the %s era', (era) => {
  it('a stream that is cut becomes an error for the request, and the log says unknown', async () => {
    const sent = sendCall(guarded, era, await sessionFor(era));
    const exchange = await upstream.next();
    exchange.stream();
    exchange.event({
      jsonrpc: '2.0',
      method: 'notifications/message',
      params: { level: 'info', data: 'begun' },
    });
    await (await sent.answer).until(/begun/);
    exchange.response.destroy();
    const answer = await (await sent.answer).until(/^data:/);
    expect(answer).toContain(sent.id);
    expect(answer).toContain('PC_UPSTREAM_DIED');
    await (
      await sent.answer
    ).ended;
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown' });
  });

  it('a body that is cut becomes an error, and the log says unknown', async () => {
    const sent = sendCall(guarded, era, await sessionFor(era));
    const { response } = await upstream.next();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write('{"jsonrpc":"2.0",', () => response.destroy());
    expect(await textOfAnswer(sent)).toContain('PC_UPSTREAM_DIED');
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown' });
  });

  it('a second answer is dropped', async () => {
    const sent = sendCall(guarded, era, await sessionFor(era));
    const exchange = await upstream.next();
    exchange.stream();
    exchange.event(resultOf(sent.id, 'first'));
    exchange.event(resultOf(sent.id, 'second'));
    exchange.response.end();
    const text = await textOfAnswer(sent);
    expect(text).toContain('first');
    expect(text).not.toContain('second');
    await vi.waitFor(() => expect(gateway.logs()).toContain('answers no request of this exchange'));
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow', dispatched: true });
  });

  it("an answer to somebody else's id is not taken for one", async () => {
    const sent = sendCall(guarded, era, await sessionFor(era));
    const exchange = await upstream.next();
    exchange.stream();
    exchange.event(resultOf('not-yours', 'foreign'));
    exchange.response.end();
    const text = await textOfAnswer(sent);
    expect(text).not.toContain('foreign');
    expect(text).toContain('PC_UPSTREAM_DIED');
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown' });
  });

  it('a client that reads slowly slows the server down, and gets everything', async () => {
    const pieces = 400;
    const sent = sendCall(guarded, era, await sessionFor(era));
    const exchange = await upstream.next();
    exchange.stream();
    const data = 'x'.repeat(100_000);
    const { resident } = await footprint(gateway);
    for (let n = 0; n < pieces; n++)
      exchange.event({ jsonrpc: '2.0', method: 'notifications/message', params: { n, data } });
    exchange.event(resultOf(sent.id, 'at last'));
    exchange.response.end();
    // Nobody reads yet: what the gateway has taken is bounded, the rest is still in the server.
    const answer = await sent.answer;
    await vi.waitFor(() => expect(exchange.response.writableLength).toBeGreaterThan(0));
    expect((await footprint(gateway)).resident - resident).toBeLessThan(30_000_000);
    let count = 0;
    for await (const line of answer.lines) if (line.includes('"notifications/message"')) count++;
    expect(count).toBe(pieces);
    expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow' });
  });
});

it('a client of the legacy era that hangs up has not cancelled: the call goes on, and the log has its end', async () => {
  const sent = sendCall(guarded, 'legacy', await openSession(guarded));
  const exchange = await upstream.next();
  exchange.stream();
  exchange.event({
    jsonrpc: '2.0',
    method: 'notifications/message',
    params: { level: 'info', data: 'begun' },
  });
  const answer = await sent.answer;
  await answer.until(/begun/);
  answer.close();
  await answer.ended;
  await works('legacy');
  expect(exchange.response.destroyed).toBe(false);
  exchange.event(resultOf(sent.id, 'done'));
  exchange.response.end();
  expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow', dispatched: true });
});

it('a client of the modern era that hangs up has cancelled, and the log says unknown', async () => {
  const sent = sendCall(guarded, 'modern');
  const exchange = await upstream.next();
  exchange.stream();
  const answer = await sent.answer;
  answer.close();
  await exchange.closed;
  expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'unknown' });
});

it('an interrupted answer is resumed with Last-Event-ID', async () => {
  const session = await openSession(guarded);
  const sent = sendCall(guarded, 'legacy', session);
  const exchange = await upstream.next();
  exchange.stream();
  exchange.event('', 'e1');
  exchange.response.end();
  expect(await textOfAnswer(sent)).toContain('id: e1');
  const resuming = openStream(guarded, session, { 'last-event-id': 'e1' });
  const rest = await upstream.next();
  expect(rest.request.headers['last-event-id']).toBe('e1');
  rest.stream();
  rest.event(resultOf(sent.id, 'resumed'), 'e2');
  const stream = await resuming;
  expect(await stream.until(/^id/)).toBe('id: e2');
  expect(await stream.message()).toEqual(resultOf(sent.id, 'resumed'));
  rest.response.end();
  await stream.ended;
  expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow', dispatched: true });
});

it('a subscription lives until its client leaves', async () => {
  const sent = sendCall(guarded, 'modern', undefined, 'subscriptions/listen', {
    notifications: { toolsListChanged: true },
  });
  const exchange = await upstream.next();
  exchange.stream();
  const _meta = { 'io.modelcontextprotocol/subscriptionId': sent.id };
  for (const method of ['notifications/subscriptions/acknowledged', 'notifications/tools/list_changed']) {
    exchange.event({ jsonrpc: '2.0', method, params: { _meta } });
    expect(await (await sent.answer).message()).toEqual({ jsonrpc: '2.0', method, params: { _meta } });
  }
  (await sent.answer).close();
  await exchange.closed;
});

it('a request whose body never ends reaches nobody', async () => {
  const { host, pathname } = new URL(guarded.url);
  const socket = connect(Number(new URL(guarded.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${guarded.token}`,
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    'Content-Length: 500',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"tools/call",`);
  await works('legacy');
  socket.destroy();
  await works('modern');
});

it('a body that comes byte by byte reaches the server as one', async () => {
  const { host, pathname, port } = new URL(guarded.url);
  const session = await openSession(guarded);
  const socket = connect(Number(port), '127.0.0.1').setNoDelay(true);
  const body =
    '{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"work","arguments":{"é":"ü"}}}';
  const head = Object.entries({
    ...session,
    host,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`POST ${pathname} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
  for (const byte of Buffer.from(body))
    await new Promise<void>((written) => socket.write(Buffer.of(byte), () => setImmediate(written)));
  const exchange = await upstream.next();
  expect(exchange.message).toEqual(JSON.parse(body));
  exchange.answer('slow and whole');
  let text = '';
  for await (const piece of socket.setEncoding('utf8')) text += piece as string;
  expect(text).toContain('slow and whole');
});
