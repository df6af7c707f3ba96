import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, it } from 'vitest';
import { createAddressGuard, type AddressGuard, type ResolveAll } from '../address/address-guard.ts';
import { createUpstream } from '../create-upstream.ts';
import { testContext } from '../testing/context.ts';
import { answerJson, TestServer } from '../testing/http-server.ts';
import { RawServer } from '../testing/raw-server.ts';
import { Recorder, request } from '../testing/recorder.ts';
import type { Upstream, UpstreamLimits } from '../types.ts';

const open: (() => Promise<unknown>)[] = [];

async function call(
  url: string,
  guard: AddressGuard,
  limits: Partial<UpstreamLimits> = {},
): Promise<Recorder> {
  const upstream: Upstream = createUpstream(
    { transport: 'http', url, headers: {} },
    testContext({ guard, limits }),
  );
  open.push(() => upstream.stop());
  return again(upstream);
}

async function again(upstream: Upstream): Promise<Recorder> {
  const sink = new Recorder();
  upstream.open('any').send(request(1, 'tools/call'), sink);
  await sink.settled;
  return sink;
}

async function listening(): Promise<TestServer> {
  const server = await new TestServer((_, response) =>
    answerJson(response, { jsonrpc: '2.0', id: 1, result: {} }, { connection: 'close' }),
  ).start();
  open.push(() => server.stop());
  return server;
}

const permissive = createAddressGuard({ allowPrivate: true });
const strict = createAddressGuard({ allowPrivate: false });

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const unresolvable: ResolveAll = (_, __, callback) =>
  callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);

function make(url: string, headers: Record<string, string> = {}): () => Upstream {
  return () => createUpstream({ transport: 'http', url, headers }, testContext());
}

describe('an upstream whose address is not allowed', () => {
  it.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
    'is not dialled as %s',
    async (host) => {
      const server = await listening();
      const sink = await call(server.url.replace('127.0.0.1', host), strict);
      expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_FORBIDDEN_ADDRESS', 'no']);
      expect(server.sockets.size).toBe(0);
      expect(sink.error!.message).not.toContain('127.0.0.1');
    },
  );

  it.each(['169.254.169.254', '[fd00:ec2::254]', '[64:ff9b::a9fe:a9fe]', '100.100.100.200'])(
    'is not dialled as %s even when private addresses are allowed',
    async (host) => {
      expect((await call(`http://${host}/latest/meta-data`, permissive)).error!.code).toBe(
        'PC_UPSTREAM_FORBIDDEN_ADDRESS',
      );
    },
  );

  it('is caught when its name turns from a public address to an inner one', async () => {
    const server = await listening();
    const port = new URL(server.url).port;
    const answers = ['127.0.0.1', '169.254.169.254'];
    const asked: string[] = [];
    const resolve: ResolveAll = (name, _, callback) => {
      asked.push(name);
      callback(null, [{ address: answers.shift()!, family: 4 } satisfies LookupAddress]);
    };
    const upstream = createUpstream(
      { transport: 'http', url: `http://rebind.example:${port}/mcp`, headers: {} },
      testContext({ guard: createAddressGuard({ allowPrivate: true, resolve }) }),
    );
    open.push(() => upstream.stop());
    expect((await again(upstream)).error).toBeUndefined();
    expect((await again(upstream)).error!.code).toBe('PC_UPSTREAM_FORBIDDEN_ADDRESS');
    expect([server.received.length, asked.length]).toEqual([1, 2]);
  });
});

describe('an upstream that cannot be reached', () => {
  it('that refuses connections is reported as not having run the message', async () => {
    const server = await listening();
    await server.stop();
    const sink = await call(server.url, permissive);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect(sink.error!.message).toContain('refused');
  });

  it('whose name does not resolve is reported so', async () => {
    const sink = await call(
      'http://nowhere.example/mcp',
      createAddressGuard({ allowPrivate: false, resolve: unresolvable }),
    );
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect(sink.error!.message).toContain('does not resolve');
  });

  it('whose name server hangs is given up in time', async () => {
    const started = performance.now();
    const sink = await call(
      'http://nowhere.example/mcp',
      createAddressGuard({ allowPrivate: false, resolve: () => {} }),
      { connectTimeoutMs: 1000 },
    );
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('that accepts but never speaks TLS is given up in time', async () => {
    const silent = await new RawServer(() => {}).start();
    open.push(() => silent.stop());
    const sink = await call(silent.url.replace('http:', 'https:'), permissive, { connectTimeoutMs: 1000 });
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
  });

  it('because every connection is busy is given up after ten seconds, unsent', async () => {
    const server = await new RawServer(() => {}).start();
    open.push(() => server.stop());
    const upstream = createUpstream({ transport: 'http', url: server.url, headers: {} }, testContext());
    open.push(() => upstream.stop());
    for (let id = 0; id < 128; id += 1) upstream.open('any').send(request(id, 'tools/call'), new Recorder());
    const sink = await again(upstream);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect([server.connections, server.requests.length]).toEqual([128, 128]);
    const listener = new Recorder();
    const opened = upstream.open('any').listen({}, undefined, listener);
    await expect.poll(() => server.connections).toBe(129);
    opened.cancel();
  });

  it('that speaks no TLS on an https URL is reported as not having run the message', async () => {
    const server = await listening();
    const sink = await call(server.url.replace('http:', 'https:'), permissive);
    expect([sink.error!.code, sink.ran]).toEqual(['PC_UPSTREAM_UNREACHABLE', 'no']);
    expect(server.received).toHaveLength(0);
  });
});

describe('a registration', () => {
  it.each(['ftp://example.com/', 'file:///etc/passwd', 'https://user:pass@example.com/mcp', 'nothing'])(
    'with the URL %s is refused',
    (url) => {
      expect(make(url)).toThrow(/configuration is not valid/);
    },
  );

  it.each([
    'Host',
    'Content-Length',
    'transfer-encoding',
    'Connection',
    'Mcp-Session-Id',
    'MCP-Protocol-Version',
    'mcp-param-x',
    'bad name',
    '',
  ])('with the header %j is refused', (name) => {
    expect(make('https://example.com/mcp', { [name]: 'x' })).toThrow(/configuration is not valid/);
  });

  it('with a header value that would start a new line is refused', () => {
    expect(make('https://example.com/mcp', { 'X-Key': 'a\r\nHost: b' })).toThrow(
      /configuration is not valid/,
    );
  });
});
