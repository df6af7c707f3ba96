import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisionLog } from '../audit/index.ts';
import { loadSigningKey } from '../store/index.ts';
import { openBench, type Bench } from './testing/run.ts';

interface Made {
  readonly id: string;
  readonly tool: string;
  readonly outcome: string;
  readonly grant?: string;
  readonly wrapped?: true;
  readonly more?: object;
}

const NOW = Date.now();
const MADE: readonly Made[] = [
  { id: 'call-1', tool: 'read', outcome: 'allow' },
  { id: 'call-2', tool: 'pay', outcome: 'deny' },
  {
    id: 'call-3',
    tool: 'pay',
    outcome: 'allow',
    more: { approval: { id: 'a-1', state: 'used', by: ['anna@example.com', 'evil\u001b[2J'] } },
  },
  { id: 'call-4', tool: 'read', outcome: 'error', grant: 'of another' },
  { id: 'call-5', tool: 'read', outcome: 'allow', wrapped: true },
];

let bench: Bench;
let grant: string;
let server: string;

beforeAll(async () => {
  bench = await openBench();
  await run('server', 'add', 'shop', '--url', 'https://shop.example/mcp');
  await run('grant', 'mint', 'shop', '--label', 'agent');
  const installation = await bench.open();
  const { store, home, registry } = installation;
  server = (await store.servers.get('shop'))!.id;
  grant = (await store.grants.list())[0]!.id;
  const log = await openDecisionLog({
    directory: join(home, 'spool', 'test'),
    chain: 'test',
    organization: 'o',
    store,
    signingKey: loadSigningKey(home),
    clock: Date.now,
  });
  for (const [index, made] of MADE.entries()) {
    const { id, tool, outcome, wrapped, more } = made;
    const holder = made.grant ?? grant;
    const facts = {
      id,
      at: NOW - 60_000 * (MADE.length - index),
      organization: wrapped === true ? 'local' : registry.organization,
      outcome,
      rule: outcome === 'deny' ? '/tools/pay/require/0' : '',
      tool,
      method: 'tools/call',
    };
    await log.append(
      { kind: 'decision', ...facts, server, grant: holder, overheadMs: 0.3, upstreamMs: 15 },
      {
        ...facts,
        server: { id: server, name: 'Shop' },
        grant: { id: holder, label: 'agent' },
        client: { name: 'test', version: '1' },
        policy: null,
        argumentKeys: ['amount'],
        reservations: [],
        dispatched: outcome === 'allow',
        message: outcome === 'deny' ? 'Too much.' : '',
        ...more,
      },
    );
  }
  await log.close();
  await store.close();
});
afterAll(() => bench.close());

async function run(...args: string[]): Promise<string> {
  const ran = await bench.run(...args);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  return ran.out;
}

async function found(...args: string[]): Promise<string[]> {
  const out = await run('log', 'tail', '--json', ...args);
  return out === '' ? [] : out.split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
}

describe('log tail', () => {
  it.each([
    [[], ['call-1', 'call-2', 'call-3', 'call-4', 'call-5']],
    [
      ['--tool', 'pay'],
      ['call-2', 'call-3'],
    ],
    [['--tool', 'pay', '--outcome', 'allow'], ['call-3']],
    [['--rule', '/tools/pay/require/0'], ['call-2']],
    [['--grant', 'of another'], ['call-4']],
    [['--text', 'TOO MUCH'], ['call-2']],
    [['--text', 'anna@example.com'], ['call-3']],
    [['--tool', 'none'], []],
    [['-n', '1'], ['call-5']],
  ])('finds by %j', async (args, ids) => {
    expect(await found(...args)).toEqual(ids);
  });

  it('finds by names of servers and grants, and by time', async () => {
    expect(await found('--grant', 'shop/agent', '--server', 'shop', '--outcome', 'allow')).toEqual([
      'call-1',
      'call-3',
      'call-5',
    ]);
    const [from, to] = [NOW - 4.5 * 60_000, NOW - 2.5 * 60_000].map((at) => new Date(at).toISOString());
    expect(await found('--from', from!, '--to', to!)).toEqual(['call-2', 'call-3']);
    expect((await bench.run('log', 'tail', '--outcome', 'fine')).code).toBe(2);
    expect((await bench.run('log', 'tail', '--follow', '--to', to!)).code).toBe(2);
  });

  it('says who agreed', async () => {
    const out = await run('log', 'tail', '--tool', 'pay', '--outcome', 'allow');
    expect(out).toContain('(anna@example.com, evil?[2J)');
  });
});

it('log show: one decision, whole, harmless to terminals', async () => {
  const out = await run('log', 'show', 'call-3');
  expect(out).toMatch(/^outcome +allow$/m);
  expect(out).toMatch(/^answered by +anna@example.com, evil\?\[2J$/m);
  expect(out).toMatch(/^in the log +4 of test, hash \w+/m);
  expect(JSON.parse(await run('log', 'show', 'call-2', '--json'))).toMatchObject({
    id: 'call-2',
    outcome: 'deny',
    chain: { id: 'test', seq: 3 },
  });
  expect(await bench.run('log', 'show', 'call-9')).toMatchObject({
    code: 1,
    err: 'portcullis: There is no decision with this id.',
  });
});

describe('log stats', () => {
  it('sums calls up, by what they are asked for', async () => {
    const total = await run('log', 'stats');
    expect(total).toMatch(/^all +4 +1 +1 +0\.\d+ ms +0\.\d+ ms +1\d(\.\d)? ms/m);
    const tools = await run('log', 'stats', '--by', 'tool');
    expect(tools).toMatch(/^pay +2 +1 +0/m);
    expect(tools).toMatch(/^read +2 +0 +1/m);
    expect(await run('log', 'stats', '--by', 'tool', '--top', '1')).not.toMatch(/^read/m);
    expect(await run('log', 'stats', '--by', 'grant')).toMatch(/^agent +3/m);
    expect(await run('log', 'stats', '--by', 'server', '--server', 'shop')).toMatch(/^shop +4/m);
    expect(await run('log', 'stats', '--wrapped')).toMatch(/^all +1 +0 +0/m);
    expect(await run('log', 'stats', '--from', '2020-01-01', '--to', '2020-01-02')).toMatch(
      /^all +0 +0 +0$/m,
    );
  });

  it('as JSON, as the API says it', async () => {
    const stats: unknown = JSON.parse(await run('log', 'stats', '--by', 'outcome', '--json'));
    expect(stats).toMatchObject({
      total: { calls: 4, denied: 1, failed: 1 },
      series: [
        { key: 'allow', calls: 2 },
        { key: 'deny', calls: 1 },
        { key: 'error', calls: 1 },
      ],
    });
    expect((await bench.run('log', 'stats', '--by', 'colour')).code).toBe(2);
    expect((await bench.run('log', 'stats', '--server', 'nowhere')).code).toBe(1);
    expect((await bench.run('log', 'stats', '--from', '2030-01-01')).code).toBe(1);
  });
});
