import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { jsonResponse, RawServer } from '../testing/raw-server.ts';
import { Recorder, request } from '../testing/recorder.ts';
import type { Flow, Upstream, UpstreamLimits } from '../types.ts';

let server: RawServer;
let upstream: Upstream;

async function start(
  handle: ConstructorParameters<typeof RawServer>[0],
  limits: Partial<UpstreamLimits> = {},
): Promise<Upstream> {
  server = await new RawServer(handle).start();
  upstream = createUpstream({ transport: 'http', url: server.url, headers: {} }, testContext({ limits }));
  return upstream;
}

async function call(id: number): Promise<Recorder> {
  const sink = new Recorder();
  upstream.open('any').send(request(id, 'tools/call', { name: 'pay' }), sink);
  await sink.settled;
  return sink;
}

const ok = (id: number): string => jsonResponse(`{"jsonrpc":"2.0","id":${id},"result":{}}`);

afterEach(async () => {
  await upstream?.stop();
  await server?.stop();
});

describe('a connection that dies', () => {
  it('under the first request leaves its fate unknown, and the request is not sent again', async () => {
    await start((socket) => socket.destroy());
    const sink = await call(1);
    expect([sink.error!.code, sink.ran, sink.calls]).toEqual(['PC_UPSTREAM_DIED', 'unknown', ['fail']]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([server.requests.length, server.connections]).toEqual([1, 1]);
  });

  it('as a kept-alive one, under the next request, does not make that request be sent again', async () => {
    await start((socket, _, nth) => (nth === 1 ? socket.write(ok(1)) : socket.resetAndDestroy()));
    expect((await call(1)).calls).toEqual(['head', 'message', 'end']);
    await new Promise(setImmediate);
    const second = await call(2);
    expect([second.error!.code, second.ran]).toEqual(['PC_UPSTREAM_DIED', 'unknown']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.requests.filter((text) => text.includes('"id":2'))).toHaveLength(1);
    expect(server.connections).toBe(1);
  });

  it('between two requests does no harm', async () => {
    let closed: Promise<unknown> | undefined;
    await start((socket) => {
      closed ??= once(socket, 'close');
      socket.end(ok(1));
    });
    expect((await call(1)).error).toBeUndefined();
    await closed;
    expect((await call(1)).error).toBeUndefined();
    expect([server.requests.length, server.connections]).toEqual([2, 2]);
  });

  it.each([
    [
      'after the head',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"jsonrpc"',
    ],
    [
      'after the head of a closing response',
      'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n{"jsonrpc":"2.0","id":1,"result":{',
    ],
    ['in the middle of the head', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['with nonsense', 'HELLO\r\n\r\n'],
  ])('%s is a failure of unknown outcome', async (_, bytes) => {
    await start((socket) => socket.end(bytes));
    const sink = await call(1);
    expect(sink.ran).toBe('unknown');
    expect(sink.calls).toEqual(['fail']);
    expect(server.requests).toHaveLength(1);
  });

  it('in the middle of an event stream fails after the head', async () => {
    await start((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n10\r\n: hello\n\n: more\n\r\n',
      );
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const sink = await call(1);
    expect(sink.calls).toEqual(['head', 'event', 'fail']);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_DIED', 'unknown']);
  });
});

describe('an upstream that does not answer', () => {
  it('is given up after the head timeout, outcome unknown', async () => {
    await start(() => {}, { headTimeoutMs: 500 });
    const sink = await call(1);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_TIMEOUT', 'unknown']);
    expect(server.requests).toHaveLength(1);
  });

  it('has its request aborted when the caller cancels, and tells the caller nothing more', async () => {
    const sink = new Recorder();
    let flow: Flow | undefined;
    const dropped = new Promise((resolve) => {
      void start((socket) => {
        socket.once('close', resolve);
        flow?.cancel();
      }).then((started) => (flow = started.open('any').send(request(1, 'tools/call'), sink)));
    });
    await dropped;
    expect(sink.calls).toEqual([]);
  });

  it('is never sent a request that was cancelled before a connection was open', async () => {
    await start((socket) => socket.write(ok(1)));
    const sink = new Recorder();
    upstream.open('any').send(request(7, 'tools/call'), sink).cancel();
    expect((await call(1)).error).toBeUndefined();
    expect(server.requests.join()).not.toContain('"id":7');
    expect(sink.calls).toEqual([]);
  });

  it('after stop, is sent nothing', async () => {
    await start((socket) => socket.write(ok(1)));
    await upstream.stop();
    const sink = await call(1);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_SHUTTING_DOWN', 'no']);
    expect(server.connections).toBe(0);
  });
});

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

it('leaves no socket behind', async () => {
  await start((socket) => socket.write(ok(1)));
  const before = sockets();
  const sinks = Array.from({ length: 30 }, () => new Recorder());
  for (const sink of sinks) upstream.open('any').send(request(1, 'tools/call'), sink);
  await Promise.all(sinks.map((sink) => sink.settled));
  expect(sinks.filter((sink) => sink.error !== undefined)).toEqual([]);
  await upstream.stop();
  await server.stop();
  await expect.poll(sockets).toBeLessThanOrEqual(before);
});
