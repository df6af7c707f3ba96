import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { answerJson, TestServer, type Received } from '../testing/http-server.ts';
import { notification, Recorder, request } from '../testing/recorder.ts';
import type { Upstream, UpstreamLimits, UpstreamSession } from '../types.ts';

let server: TestServer;
let upstream: Upstream;

async function open(
  answer: (received: Received, response: ServerResponse) => void,
  headers: Record<string, string> = {},
  limits: Partial<UpstreamLimits> = {},
): Promise<UpstreamSession> {
  server = await new TestServer(answer).start();
  upstream = createUpstream({ transport: 'http', url: server.url, headers }, testContext({ limits }));
  return upstream.open('any');
}

async function ask(session: UpstreamSession, outbound = request(1, 'tools/list')): Promise<Recorder> {
  const sink = new Recorder();
  session.send(outbound, sink);
  await sink.settled;
  return sink;
}

afterEach(async () => {
  await upstream?.stop();
  await server?.stop();
});

describe('a Streamable HTTP exchange', () => {
  it('sends exactly the bytes it was given and hands a JSON answer on whole', async () => {
    const session = await open((_, response) =>
      answerJson(response, { jsonrpc: '2.0', id: 1, result: { n: 1 } }),
    );
    const bytes = Buffer.from('{ "jsonrpc":"2.0",\n "id":1, "method":"tools/list", "n":9007199254740993 }');
    const sink = await ask(session, { ...request(1, 'tools/list'), bytes });
    expect(server.received[0]!.body).toBe(bytes.toString());
    expect(sink.calls).toEqual(['head', 'message', 'end']);
    expect(sink.given).toMatchObject({ status: 200, kind: 'json' });
    expect(sink.envelopes[0]!.kind).toBe('response');
  });

  it('sends the protocol headers, the configured ones and what may pass, and no credentials of the client', async () => {
    const session = await open((_, response) => answerJson(response, { jsonrpc: '2.0', id: 1, result: {} }), {
      'X-Api-Key': 'k',
      Authorization: 'Bearer up',
    });
    const headers = {
      authorization: 'Bearer client',
      cookie: 'a=b',
      'x-forwarded-for': '1.2.3.4',
      'mcp-protocol-version': '2025-11-25',
      'mcp-param-region': 'eu',
    };
    await ask(session, { ...request(1, 'tools/list'), headers, sessionId: 's-1' });
    const { headers: seen } = server.received[0]!;
    expect(seen).toMatchObject({
      accept: 'application/json, text/event-stream',
      'accept-encoding': 'identity',
      authorization: 'Bearer up',
      'content-type': 'application/json',
      'mcp-param-region': 'eu',
      'mcp-protocol-version': '2025-11-25',
      'mcp-session-id': 's-1',
      'x-api-key': 'k',
    });
    expect(seen.cookie).toBeUndefined();
    expect(seen['x-forwarded-for']).toBeUndefined();
  });

  it('gives the session id back, and neither cookies nor challenges', async () => {
    const session = await open((_, response) =>
      answerJson(
        response,
        { jsonrpc: '2.0', id: 1, result: {} },
        { 'mcp-session-id': 'abc', 'set-cookie': 'x=y', 'www-authenticate': 'Bearer', 'x-powered-by': 'me' },
      ),
    );
    const { given } = await ask(session);
    expect(given!.sessionId).toBe('abc');
    expect(Object.keys(given!.headers)).toEqual(['content-type']);
  });

  it('relays events one by one, as they come, with their bytes', async () => {
    let answering: ServerResponse | undefined;
    const session = await open((_, response) => {
      answering = response;
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write('id: 7\ndata:\n\n');
    });
    const sink = new Recorder();
    session.send(request(1, 'tools/call'), sink);
    await sink.seen(2);
    expect(sink.calls).toEqual(['head', 'event']);
    expect(sink.events[0]).toMatchObject({ id: '7' });
    const event = 'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n';
    answering!.write(event.slice(0, 20));
    answering!.end(event.slice(20));
    await sink.settled;
    expect(sink.calls).toEqual(['head', 'event', 'message', 'end']);
    expect(sink.events[1]!.raw.toString()).toBe(event);
  });

  it('says empty for 202 and relays error statuses with their bodies', async () => {
    const session = await open(({ body }, response) => {
      if (body.includes('"method":"notifications/')) response.writeHead(202).end();
      else if (body.includes('"id":2'))
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"gone"}');
      else if (body.includes('"id":3'))
        response.writeHead(500, { 'content-type': 'text/html' }).end(`<p>${'x'.repeat(100_000)}`);
      else response.writeHead(400).end();
    });
    expect((await ask(session, notification('notifications/initialized'))).given).toMatchObject({
      status: 202,
      kind: 'empty',
    });
    const json = await ask(session, request(2, 'tools/list'));
    expect([json.given!.status, json.given!.kind, json.messages[0]]).toEqual([
      404,
      'json',
      '{"error":"gone"}',
    ]);
    const html = await ask(session, request(3, 'tools/list'));
    expect([html.given!.status, html.given!.kind, html.rawText.length]).toEqual([500, 'other', 65_536]);
    expect((await ask(session, request(4, 'tools/list'))).given).toMatchObject({
      status: 400,
      kind: 'empty',
    });
  });

  it.each([
    [302, { location: 'http://127.0.0.1:1/' }, 'redirects'],
    [307, { location: '/elsewhere' }, 'redirects'],
    [200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'encoding'],
  ])('refuses HTTP %i %o', async (status, headers, why) => {
    const session = await open((_, response) => response.writeHead(status, headers).end('{}'));
    const sink = await ask(session);
    expect(sink.calls).toEqual(['fail']);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_PROTOCOL', 'unknown']);
    expect(sink.error!.message).toContain(why);
    expect(server.received).toHaveLength(1);
  });

  it('refuses an answer that is larger than it may be, or no message at all', async () => {
    const session = await open(
      ({ body }, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(body.includes('"id":1') ? `"${'x'.repeat(5000)}"` : '{"hello":1}');
      },
      {},
      { maxMessageBytes: 4096 },
    );
    expect((await ask(session)).error!.message).toContain('more than 4096 bytes');
    expect((await ask(session, request(2, 'tools/list'))).error!.message).toContain('not a JSON-RPC message');
  });

  it('stops reading an endless event stream while the client is slow, and loses nothing', async () => {
    let written = 0;
    const session = await open((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const event = `data: {"jsonrpc":"2.0","method":"n","params":"${'x'.repeat(60_000)}"}\n\n`;
      const pump = (): void => {
        while (written < 400) {
          written += 1;
          if (!response.write(event)) return void response.once('drain', pump);
        }
        response.end();
      };
      pump();
    });
    const sink = new Recorder();
    const flow = session.send(request(1, 'tools/call'), sink);
    sink.onMessage = () => {
      if (sink.messages.length === 1) flow.pause();
    };
    await sink.seen(2);
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBeLessThan(400);
    expect(sink.messages).toHaveLength(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
    flow.resume();
    await sink.settled;
    expect(sink.messages).toHaveLength(400);
    const digests = new Set(sink.messages.map((text) => createHash('sha256').update(text).digest('hex')));
    expect(digests.size).toBe(1);
  });

  it('opens the server stream with GET and ends a session with DELETE', async () => {
    const session = await open(({ method }, response) => {
      if (method === 'GET') response.writeHead(405, { allow: 'POST' }).end();
      else response.writeHead(204).end();
    });
    const stream = new Recorder();
    session.listen({ 'last-event-id': '9' }, 'abc', stream);
    await stream.settled;
    expect(stream.given).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    const ended = new Recorder();
    session.terminate({}, 'abc', ended);
    await ended.settled;
    expect(ended.given!.status).toBe(204);
    expect(
      server.received.map(({ method, headers }) => [method, headers['mcp-session-id'], headers.accept]),
    ).toEqual([
      ['GET', 'abc', 'text/event-stream'],
      ['DELETE', 'abc', 'application/json, text/event-stream'],
    ]);
    expect(server.received[0]!.headers['last-event-id']).toBe('9');
  });
});
