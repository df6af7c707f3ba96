import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPolicy } from '../policy/index.ts';
import type { EntryRow } from '../store/index.ts';
import { probe } from './probe.ts';
import { openBench, type Bench } from './testing/run.ts';

const schema = { type: 'object', properties: {} };
const TOOLS = [
  { name: 'list_items', description: 'Lists items.', inputSchema: schema },
  { name: 'create_item', description: 'Creates an item.', inputSchema: schema },
  { name: 'delete_item', description: 'Deletes an item.', inputSchema: schema },
];

let bench: Bench;
let upstream: Server;
let url: string;
beforeEach(async () => {
  bench = await openBench({ probe });
  upstream = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes) => (text += String(bytes)));
    request.on('end', () => {
      const { id, method, params } = JSON.parse(text || '{}') as {
        id?: number;
        method?: string;
        params?: { protocolVersion?: string };
      };
      if (id === undefined) return response.writeHead(request.method === 'POST' ? 202 : 405).end();
      const result =
        method === 'initialize'
          ? {
              protocolVersion: params?.protocolVersion,
              capabilities: { tools: {} },
              serverInfo: { name: 'x', version: '1' },
            }
          : method === 'tools/list'
            ? { tools: TOOLS }
            : undefined;
      const answer = result === undefined ? { error: { code: -32601, message: 'unknown' } } : { result };
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/mcp`;
});
afterEach(async () => {
  upstream.closeAllConnections();
  upstream.close();
  await bench.close();
});

async function suggest(...args: string[]) {
  const { code, out, err } = await bench.run('policy', 'suggest', ...args);
  return {
    code,
    err,
    policy: out === '' ? undefined : (JSON.parse(out) as { tools?: object; hide?: string[] }),
  };
}

describe('policy suggest', () => {
  it('prints a valid policy for the tools of a file', async () => {
    const { code, policy } = await suggest('--tools', await bench.file('tools.json', TOOLS));
    expect(code).toBe(0);
    expect(checkPolicy(policy).ok).toBe(true);
    expect(policy).toMatchObject({ default: 'deny', hide: ['delete_item'] });
    expect(policy?.tools).toEqual({
      list_items: {},
      create_item: { limits: [{ counter: 'create_item_rate', window: 'minute', max: 30, scope: 'grant' }] },
    });
  });

  it('takes what the gateway saw of a server, and what a server says now', async () => {
    expect((await bench.run('server', 'add', 'shop', '--url', url)).code).toBe(0);
    await bench.run('server', 'refresh', 'shop');
    const asked = await suggest('--upstream', url);
    expect(Object.keys(asked.policy?.tools ?? {})).toEqual(['list_items', 'create_item']);
    expect((await suggest('shop')).policy).toEqual(asked.policy);
    expect((await suggest('--server', 'shop')).policy).toEqual(asked.policy);
    expect((await suggest('shop', '--strength', 'observe')).policy).toMatchObject({ default: 'allow' });
  });

  it('leaves out what nobody called, or was denied', async () => {
    await bench.run('server', 'add', 'shop', '--url', url);
    await bench.run('server', 'refresh', 'shop');
    const { store, registry } = await bench.open();
    const server = (await store.servers.list())[0]!.id;
    const rows = (
      [
        ['list_items', 'allow'],
        ['create_item', 'deny'],
      ] as const
    ).map(([tool, outcome], index): EntryRow => ({
      chain: 'past',
      seq: index + 1,
      kind: 'decision',
      id: `past-${index}`,
      at: registry.now() - 3_600_000 + index,
      organization: registry.organization,
      server,
      grantId: 'g',
      tool,
      method: 'tools/call',
      outcome,
      rule: '',
      overheadMs: 0.4,
      upstreamMs: null,
      line: '{}',
    }));
    await store.entries.insertBatch('past', rows, [], { chain: 'past', seq: 2, hash: 'h', publicKey: 'k' });
    await store.close();
    const { policy, err } = await suggest('shop', '--days', '1');
    expect(policy).toEqual({ version: '1', default: 'deny', tools: { list_items: {} } });
    expect(err).toBe('1 of 3 tools were called; the others are left out');
  });

  it.each([
    [[], 'exactly one place'],
    [['shop', '--upstream', 'http://127.0.0.1:1/mcp'], 'exactly one place'],
    [['shop', '--server', 'other'], 'one server'],
    [['--upstream', 'http://127.0.0.1:1/mcp', '--days', '3'], '--days needs a server'],
    [['shop', '--days', 'x'], 'above 0'],
    [['shop', '--strength', 'x'], 'observe, balanced, strict'],
  ])('wrong usage %j ends with 2', async (args, text) => {
    const { code, err, policy } = await suggest(...args);
    expect([code, policy]).toEqual([2, undefined]);
    expect(err).toContain(text);
  });

  it('says that a server is unknown', async () => {
    const { code, err } = await suggest('nowhere');
    expect(code).toBe(1);
    expect(err).toContain('no server');
  });
});
