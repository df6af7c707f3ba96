import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from './create-upstream.ts';
import { probe } from './probe.ts';
import { testContext } from './testing/context.ts';
import { answerJson, TestServer } from './testing/http-server.ts';
import type { Upstream } from './types.ts';

const CHILD = fileURLToPath(new URL('testing/child.mjs', import.meta.url));
let upstream: Upstream;
let server: TestServer | undefined;

afterEach(async () => {
  await upstream.stop();
  await server?.stop();
  server = undefined;
});

async function http(answer: ConstructorParameters<typeof TestServer>[0]): Promise<Upstream> {
  server = await new TestServer(answer).start();
  upstream = createUpstream({ transport: 'http', url: server.url, headers: {} }, testContext());
  return upstream;
}

describe('a probe', () => {
  it('lists every page of a stdio server, texts as spelled', async () => {
    upstream = createUpstream(
      { transport: 'stdio', command: [process.execPath, CHILD, 'normal', '9'], env: {} },
      testContext(),
    );
    const probed = await probe(upstream);
    expect(probed).toMatchObject({
      era: 'legacy',
      protocolVersion: '2025-06-18',
      serverInfo: { name: 'child', version: '9' },
    });
    expect(probed.tools.map(({ value }) => value.name)).toEqual(['a', 'b']);
    expect(probed.tools[1]!.text).toBe('{"name":"b"}');
  });

  it('carries the session and the version over HTTP and ends the session', async () => {
    await http(({ method, body }, response) => {
      if (method === 'DELETE') return void response.writeHead(204).end();
      const { id, method: asked } = JSON.parse(body) as { id?: number; method: string };
      if (id === undefined) return void response.writeHead(202).end();
      if (asked === 'initialize')
        return answerJson(
          response,
          { jsonrpc: '2.0', id, result: { protocolVersion: '2025-03-26', capabilities: { tools: {} } } },
          { 'mcp-session-id': 's1' },
        );
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`data: {"jsonrpc":"2.0","id":${id},"result":{"tools":[ {"name":"x"} ]}}\n\n`);
    });
    expect((await probe(upstream)).tools).toEqual([{ value: { name: 'x' }, text: '{"name":"x"}' }]);
    await upstream.stop();
    const seen = server!.received.map(({ method, headers }) => [
      method,
      headers['mcp-session-id'],
      headers['mcp-protocol-version'],
    ]);
    expect(seen.slice(0, 3)).toEqual([
      ['POST', undefined, undefined],
      ['POST', 's1', '2025-03-26'],
      ['POST', 's1', '2025-03-26'],
    ]);
  });

  it('asks a modern-only server in the modern way', async () => {
    await http(({ body, headers }, response) => {
      const { id, method, params } = JSON.parse(body) as {
        id: number;
        method: string;
        params: { _meta?: Record<string, unknown> };
      };
      const modern =
        headers['mcp-method'] === method &&
        params._meta?.['io.modelcontextprotocol/protocolVersion'] === '2026-07-28';
      if (!modern) {
        response.writeHead(400, { 'content-type': 'application/json' });
        return void response.end(
          JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32022, message: 'unsupported' } }),
        );
      }
      const result =
        method === 'server/discover'
          ? { capabilities: { tools: {} }, serverInfo: { name: 'm' } }
          : { tools: [{ name: 'y' }] };
      answerJson(response, { jsonrpc: '2.0', id, result: { ...result, resultType: 'complete' } });
    });
    expect(await probe(upstream)).toMatchObject({
      era: 'modern',
      protocolVersion: '2026-07-28',
      tools: [{ text: '{"name":"y"}' }],
    });
  });

  it('says what went wrong', async () => {
    await http((_, response) => response.writeHead(401).end());
    await expect(probe(upstream)).rejects.toMatchObject({ code: 'PC_UPSTREAM_CREDENTIALS' });
  });

  it('takes no longer than it may', async () => {
    await http(() => {});
    await expect(probe(upstream, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'PC_UPSTREAM_TIMEOUT' });
  });

  it('does not follow cursors in a circle', async () => {
    await http(({ method, body }, response) => {
      if (method === 'DELETE') return void response.writeHead(204).end();
      const { id, method: asked } = JSON.parse(body) as { id?: number; method: string };
      const result =
        asked === 'initialize'
          ? { protocolVersion: '2025-11-25', capabilities: { tools: {} } }
          : { tools: [], nextCursor: 'again' };
      if (id === undefined) response.writeHead(202).end();
      else answerJson(response, { jsonrpc: '2.0', id, result });
    });
    await expect(probe(upstream)).rejects.toThrow(/circle/);
  });
});
