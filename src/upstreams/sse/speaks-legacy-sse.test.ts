import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { HttpOrigin } from '../http/http-origin.ts';
import { upstreamLimits } from '../limits.ts';
import { testContext } from '../testing/context.ts';
import { TestServer, type Received } from '../testing/http-server.ts';
import { notification, Recorder, request } from '../testing/recorder.ts';
import type { Outbound, Upstream, UpstreamSession } from '../types.ts';
import { SseSession } from './sse-session.ts';

let server: TestServer;
let upstream: Upstream;
let stream: ServerResponse;

const say = (message: object): void =>
  void stream.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);

async function open(
  endpoint: string,
  post: (received: Received, response: ServerResponse) => void = accept,
): Promise<UpstreamSession> {
  server = await new TestServer((received, response) => {
    if (received.method !== 'GET') return post(received, response);
    stream = response;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (endpoint !== '') response.write(`event: endpoint\ndata: ${endpoint}\n\n`);
  }).start();
  upstream = createUpstream({ transport: 'sse', url: server.url, headers: { 'x-key': 'k' } }, testContext());
  return upstream.open('a');
}

function accept({ body }: Received, response: ServerResponse): void {
  response.writeHead(202).end('Accepted');
  const { id, method } = JSON.parse(body) as { id?: number; method: string };
  if (method === 'hold') return;
  if (method === 'progress')
    say({ method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } });
  if (id !== undefined) say({ id, result: { method } });
}

async function ask(session: UpstreamSession, outbound: Outbound): Promise<Recorder> {
  const sink = new Recorder();
  session.send(outbound, sink);
  await sink.settled;
  return sink;
}

afterEach(async () => {
  await upstream?.stop();
  await server?.stop();
});

describe('a legacy HTTP+SSE session', () => {
  it('posts to the endpoint that the stream names and takes answers from the stream', async () => {
    const session = await open('/message?sessionId=7');
    const sinks = await Promise.all([1, 2, 3].map((id) => ask(session, request(id, `m${id}`))));
    expect(sinks.map(({ messages }) => messages[0])).toEqual(
      [1, 2, 3].map((id) => `{"jsonrpc":"2.0","id":${id},"result":{"method":"m${id}"}}`),
    );
    expect(sinks[0]!.calls).toEqual(['head', 'message', 'end']);
    const posts = server.received.filter(({ method }) => method === 'POST');
    expect(posts[0]).toMatchObject({
      url: '/message?sessionId=7',
      headers: { 'x-key': 'k', 'content-type': 'application/json' },
    });
    expect((await ask(session, notification('notifications/initialized'))).given!.status).toBe(202);
    expect((await ask(session, request(4, 'progress', { _meta: { progressToken: 'p' } }))).calls).toEqual([
      'head',
      'message',
      'message',
      'end',
    ]);
  });

  it.each(['http://evil.example/message', '//evil.example/message', 'http://a:b@HOST/message', 'http://['])(
    'refuses the endpoint %s',
    async (endpoint) => {
      const session = await open(endpoint);
      const sink = await ask(session, request(1, 'initialize'));
      expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_PROTOCOL', 'no']);
      expect(server.received.filter(({ method }) => method === 'POST')).toEqual([]);
      await session.closed;
    },
  );

  it('gives server messages to the listener', async () => {
    const session = await open('/message');
    const listener = new Recorder();
    session.listen({}, undefined, listener);
    await ask(session, request(1, 'initialize'));
    say({ method: 'notifications/tools/list_changed' });
    await listener.seen(2);
    expect(listener.messages[0]).toContain('list_changed');
  });

  it('relays the status of a POST that fails', async () => {
    const session = await open('/message', (_, response) =>
      response.writeHead(400, { 'content-type': 'text/plain' }).end('no such session'),
    );
    const sink = await ask(session, request(1, 'initialize'));
    expect([sink.given!.status, sink.rawText, sink.calls.at(-1)]).toEqual([400, 'no such session', 'end']);
  });

  it('fails what waits when the stream ends, outcome unknown, and says that it is closed', async () => {
    const session = await open('/message');
    const waiting = new Recorder();
    session.send(request(1, 'hold'), waiting);
    await ask(session, request(2, 'ping'));
    stream.end();
    await waiting.settled;
    expect([waiting.error!.code, waiting.ran]).toEqual(['PC_UPSTREAM_DIED', 'unknown']);
    await session.closed;
    expect((await ask(session, request(3, 'ping'))).ran).toBe('no');
    expect(upstream.open('a')).not.toBe(session);
  });

  it('reports refused credentials as such', async () => {
    server = await new TestServer((_, response) => response.writeHead(401).end()).start();
    upstream = createUpstream({ transport: 'sse', url: server.url, headers: {} }, testContext());
    expect((await ask(upstream.open('a'), request(1, 'initialize'))).error!.code).toBe(
      'PC_UPSTREAM_CREDENTIALS',
    );
  });

  it.each([
    [302, 'redirects are not followed'],
    [200, 'without an endpoint'],
  ])('says what is wrong with a stream that never was one (HTTP %i)', async (status, why) => {
    server = await new TestServer((_, response) =>
      response.writeHead(status, { 'content-type': 'text/event-stream', location: '/' }).end(),
    ).start();
    upstream = createUpstream({ transport: 'sse', url: server.url, headers: {} }, testContext());
    const asked = await ask(upstream.open('a'), request(1, 'initialize'));
    expect(asked.error!.message).toContain(why);
    expect(asked.ran).toBe('no');
  });

  it('gives up a server that names no endpoint', async () => {
    await open('');
    const context = testContext();
    const url = new URL(server.url);
    const origin = new HttpOrigin(
      url.origin,
      {},
      context,
      upstreamLimits({ transport: 'sse', url: server.url, headers: {} }),
    );
    const session = new SseSession({
      server: 'demo',
      url,
      origin,
      logger: context.logger,
      endpointWithinMs: 50,
    });
    const sink = await ask(session, request(1, 'initialize'));
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    await origin.stop();
  });

  it('closes its stream when the session is closed', async () => {
    const session = await open('/message');
    await ask(session, request(1, 'initialize'));
    const closed = new Promise((resolve) => stream.once('close', resolve));
    session.close();
    await closed;
  });
});
