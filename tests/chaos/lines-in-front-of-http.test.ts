/** Promise 8 for clients on one line (stdio, legacy SSE) in front of Streamable HTTP: what such a server leaves to its client, the gateway does. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { guardServer, startGateway, wrapCommand, type StdioPeer, type TestGateway } from '../kit/index.ts';
import { sendCall, textOfAnswer } from './clients.ts';
import { resultOf, startUpstream, type ChaosUpstream, type Exchange } from './upstream.ts';

let gateway: TestGateway;
let upstream: ChaosUpstream;
let peer: StdioPeer;
/** The stream of server messages that is opened after `initialize`. */
let listening: Exchange;
beforeAll(async () => {
  [gateway, upstream] = await Promise.all([startGateway(), startUpstream()]);
  await writeFile(join(gateway.home, 'policy.json'), JSON.stringify({ version: '1', default: 'allow' }));
});
beforeEach(async () => {
  peer = wrapCommand(['--policy', join(gateway.home, 'policy.json'), '--upstream', upstream.url], {
    env: { PORTCULLIS_HOME: gateway.home },
  });
  await peer.initialize();
  listening = await upstream.next();
  listening.stream();
  return async () => {
    await peer.process.stop('SIGKILL');
    expect(upstream.waiting).toEqual([]);
  };
});
afterAll(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/** Every call is another one: of a wrapper that was killed nobody knows what its last call did, and an identical one asks first. */
let calls = 0;
const RETRY = 'retry: 20\n';
const sessionOf = ({ request }: Exchange) => request.headers['mcp-session-id'];

/** Begins a stream that ends at once, for its client to ask for what follows the event `c1`. */
function closeToBeAsked(call: Exchange): void {
  call.stream();
  call.response.write(RETRY);
  call.event('', 'c1');
  call.response.end();
}

it('an answer whose stream the server closes to be asked again arrives', async () => {
  const calling = peer.callTool('work', { call: ++calls });
  const call = await upstream.next();
  closeToBeAsked(call);
  const first = await upstream.next();
  expect(first.request).toMatchObject({ method: 'GET', headers: { 'last-event-id': 'c1' } });
  expect(sessionOf(first)).toBe(sessionOf(call));
  first.stream();
  first.event('', 'c2');
  first.response.end();
  const second = await upstream.next();
  expect(second.request.headers['last-event-id']).toBe('c2');
  second.stream();
  second.event(resultOf(call.message?.id, 'bit by bit'), 'c3');
  expect(JSON.stringify(await calling)).toContain('bit by bit');
  await second.closed;
});

it('an entry of a batch that comes bit by bit comes with its batch', async () => {
  await peer.initialize({}, '2025-03-26');
  (await upstream.next()).stream();
  const params = { name: 'work', arguments: { call: ++calls } };
  peer.writeLine(JSON.stringify([{ jsonrpc: '2.0', id: 'entry', method: 'tools/call', params }]));
  const call = await upstream.next();
  closeToBeAsked(call);
  const rest = await upstream.next();
  rest.stream();
  rest.event(resultOf('entry', 'whole'), 'c2');
  await vi.waitFor(() => expect(peer.lines.at(-1)).toBe(JSON.stringify([resultOf('entry', 'whole')])));
});

it('an answer that cannot be asked for again is told to be lost', async () => {
  const calling = peer.callTool('work', { call: ++calls });
  const call = await upstream.next();
  closeToBeAsked(call);
  (await upstream.next()).response.writeHead(404).end();
  expect(JSON.stringify(await calling)).toContain('PC_UPSTREAM_DIED');
});

it('a stream of server messages that ends goes on from its last event', async () => {
  listening.response.write(RETRY);
  listening.event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }, 'g1');
  listening.response.end();
  const again = await upstream.next();
  expect(again.request).toMatchObject({ method: 'GET', headers: { 'last-event-id': 'g1' } });
  again.stream();
  again.event({ jsonrpc: '2.0', method: 'notifications/prompts/list_changed' });
  await peer.waitFor(({ method }) => method === 'notifications/prompts/list_changed');
});

it.each(['{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}', ''])(
  'a session that the server has lost is opened anew, and no call is sent again: %s',
  async (body) => {
    const calling = peer.callTool('work', { call: ++calls });
    const call = await upstream.next();
    call.response.writeHead(404, body === '' ? {} : { 'content-type': 'application/json' }).end(body);
    expect(JSON.stringify(await calling)).toContain('PC_UPSTREAM_SESSION_LOST');
    const anew = await upstream.next();
    expect(anew.request.method).toBe('GET');
    expect(sessionOf(anew)).not.toBe(sessionOf(call));
    anew.stream();
    const next = peer.callTool('work', { call: ++calls });
    const answered = await upstream.next();
    expect(sessionOf(answered)).toBe(sessionOf(anew));
    answered.answer('here again');
    expect(JSON.stringify(await next)).toContain('here again');
    await listening.closed;
  },
);

it('a method that the server does not have loses no session', async () => {
  const asking = peer.request('completion/complete', {
    ref: { type: 'ref/prompt', name: 'a' },
    argument: { name: 'b', value: '' },
  });
  const asked = await upstream.next();
  asked.response.writeHead(404, { 'content-type': 'application/json' });
  const error = { code: -32601, message: 'no such method' };
  asked.response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.message?.id, error }));
  expect((await asking).error).toEqual(error);
});

it('whoever initializes again begins anew', async () => {
  const before = sessionOf(listening);
  await peer.initialize();
  const anew = await upstream.next();
  expect(sessionOf(anew)).not.toBe(before);
  anew.stream();
  await listening.closed;
});

it('what a server says before the result of initialize reaches clients over HTTP, too', async () => {
  const early = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'early' } };
  const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'a', version: '1' } };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { id } = (await json(request)) as { id?: string };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'mcp-session-id': 'one' });
    response.write(`id: 1\ndata: \n\ndata: ${JSON.stringify(early)}\n\n`);
    response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  const guarded = await guardServer(gateway, { name: 'early', url }, { version: '1', default: 'allow' });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'b', version: '1' } };
  const sent = sendCall(guarded, 'legacy', guarded.headers, 'initialize', params);
  const lines = (await textOfAnswer(sent)).split('\n').filter((line) => line.startsWith('data: {'));
  expect(lines.map((line) => JSON.parse(line.slice(6)) as object)).toEqual([
    early,
    { jsonrpc: '2.0', id: sent.id, result },
  ]);
  server.closeAllConnections();
  server.close();
});
