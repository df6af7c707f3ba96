/** Promise 8: a client that does not read holds up what the server says to it, not the memory of the gateway, and gets everything when it reads again. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  startGateway,
  wrapCommand,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { logged, openSession, sendCall, textOfAnswer } from './clients.ts';
import { resultOf, startUpstream, type ChaosUpstream, type Exchange } from './upstream.ts';

const PIECES = 400;
const DATA = 'x'.repeat(100_000);
/** While these are exchanged, everything would long have gone through. */
const OTHER_CALLS = 80;

let gateway: TestGateway;
let upstream: ChaosUpstream;
let guarded: GuardedServer;
let close: () => void;
beforeAll(async () => {
  [gateway, upstream] = await Promise.all([startGateway(), startUpstream()]);
  guarded = await guardServer(
    gateway,
    { name: 'chaos', url: upstream.url },
    { version: '1', default: 'allow' },
  );
});
afterEach(() => close());
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

function say(exchange: Exchange): void {
  for (let n = 0; n < PIECES; n++)
    exchange.event({ jsonrpc: '2.0', method: 'notifications/message', params: { n, data: DATA } });
}

/** Other calls are answered meanwhile; the server still has most of what it wants to say. */
async function isHeldUp({ response }: Exchange): Promise<void> {
  for (let n = 0; n < OTHER_CALLS; n++) {
    const sent = sendCall(guarded, 'modern');
    (await upstream.next()).answer('fine');
    expect(await textOfAnswer(sent)).toContain('fine');
  }
  expect(response.writableLength).toBeGreaterThan((PIECES * DATA.length) / 2);
}

async function readsAll(stream: Readable, until: string): Promise<void> {
  let count = 0;
  let rest = '';
  for await (const piece of stream.setEncoding('utf8')) {
    const lines = (rest + (piece as string)).split('\n');
    rest = lines.pop()!;
    count += lines.filter((line) => line.includes('notifications/message')).length;
    if (lines.some((line) => line.includes(until))) break;
  }
  expect(count).toBe(PIECES);
}

async function stalled(url: string, headers: object, body?: object): Promise<IncomingMessage> {
  const method = body === undefined ? 'GET' : 'POST';
  const asking = request(url, { method, headers: { ...MCP_HEADERS, ...headers }, agent: false });
  asking.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  close = () => asking.on('error', () => {}).destroy();
  return response;
}

it('on the stream of server messages', async () => {
  const session = await openSession(guarded);
  const opening = stalled(guarded.url, session);
  const exchange = await upstream.next();
  exchange.stream();
  const stream = await opening;
  say(exchange);
  await isHeldUp(exchange);
  exchange.event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  await readsAll(stream, 'list_changed');
});

it('on a legacy event stream', async () => {
  const stream = await stalled(guarded.url.replace('/mcp/', '/sse/'), guarded.headers);
  const [endpoint] = (await once(stream, 'readable').then(() => [String(stream.read())])) as [string];
  const url = gateway.url + /data: (\S+)/.exec(endpoint)![1]!;
  const at = { url, headers: guarded.headers };
  const sent = sendCall(at, 'legacy');
  const exchange = await upstream.next();
  exchange.stream();
  say(exchange);
  await isHeldUp(exchange);
  exchange.event(resultOf(sent.id, 'at last'));
  exchange.response.end();
  await readsAll(stream, 'at last');
  expect(await logged(gateway, sent.id)).toMatchObject({ outcome: 'allow' });
});

it('on standard output', async () => {
  const policy = join(gateway.home, 'policy.json');
  await writeFile(policy, JSON.stringify({ version: '1', default: 'allow' }));
  const peer = wrapCommand(['--policy', policy, '--upstream', upstream.url], {
    env: { PORTCULLIS_HOME: gateway.home },
  });
  close = () => void peer.process.stop('SIGKILL');
  await peer.initialize();
  const listening = await upstream.next();
  listening.stream();
  peer.process.child.stdout.pause();
  say(listening);
  await isHeldUp(listening);
  listening.event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  peer.process.child.stdout.resume();
  await peer.waitFor(({ method }) => method === 'notifications/tools/list_changed');
  expect(peer.lines.filter((line) => line.includes('notifications/message'))).toHaveLength(PIECES);
});

it('a legacy client that leaves while it does not read has its call finished', async () => {
  const session = await openSession(guarded);
  const params = { name: 'work', arguments: {} };
  const opening = stalled(guarded.url, session, {
    jsonrpc: '2.0',
    id: 'left',
    method: 'tools/call',
    params,
  });
  const exchange = await upstream.next();
  exchange.stream();
  const stream = await opening;
  say(exchange);
  await isHeldUp(exchange);
  stream.destroy();
  exchange.event(resultOf('left', 'done'));
  exchange.response.end();
  expect(await logged(gateway, 'left')).toMatchObject({ outcome: 'allow', dispatched: true });
});
