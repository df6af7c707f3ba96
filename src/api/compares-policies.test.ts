import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EntryRow } from '../store/index.ts';
import { createClient, type Client } from './client.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

const READS = { version: '1', default: 'deny', tools: { read: {}, pay: {} } };
const CAREFUL = {
  version: '1',
  default: 'deny',
  hide: ['wipe'],
  tools: { pay: { require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: 10 }] }] } },
};

let api: OpenApi;
let client: Client;
let server: string;
beforeAll(async () => {
  api = await openApi();
  client = createClient({ baseUrl: api.url, key: api.adminKey });
  server = (await client('POST /servers', { body: { name: 'bank', url: 'https://example.com' } })).body.id;
  await log(['read', 'allow'], ['read', 'allow'], ['pay', 'error'], ['wipe', 'deny'], ['other', 'deny']);
});
afterAll(() => api.close());

/** Calls of an hour ago, one a minute. */
async function log(...calls: [tool: string, outcome: string][]): Promise<void> {
  const start = api.registry.now() - 3_600_000;
  const rows = calls.map(([tool, outcome], index): EntryRow => ({
    chain: 'past',
    seq: index + 1,
    kind: 'decision',
    id: `past-${index}`,
    at: start + index * 60_000,
    organization: api.registry.organization,
    server,
    grantId: 'g',
    tool,
    method: 'tools/call',
    outcome,
    rule: '',
    overheadMs: 0.4,
    upstreamMs: outcome === 'allow' ? 30 : null,
    line: '{}',
  }));
  const head = { chain: 'past', seq: rows.length, hash: 'h', publicKey: 'k' };
  await api.store.entries.insertBatch('past', rows, [], head);
}

it('names each member that changes', async () => {
  const { body } = await client('POST /policies/diff', { body: { before: READS, after: CAREFUL } });
  expect(body.changes.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
    'removed /tools/read',
    'added /tools/pay/require',
    'added /hide',
  ]);
  const { body: same } = await client('POST /policies/diff', { body: { before: READS, after: READS } });
  expect(same).toEqual({ changes: [], tools: [] });
});

it('compares versions of a stored policy', async () => {
  const path = { id: server };
  const { body: policy } = await client('POST /servers/{id}/policies', {
    path,
    body: { name: 'p', document: READS },
  });
  await client('PUT /policies/{id}', { path: { id: policy.id }, body: { document: CAREFUL } });
  const { body } = await client('POST /policies/diff', {
    body: { before: { policyId: policy.id, version: 1 }, after: { policyId: policy.id } },
  });
  expect(body.changes).toHaveLength(3);
});

it('says what the past would have been, and what it cannot tell', async () => {
  const { body } = await client('POST /policies/backtest', { body: { policy: CAREFUL, server } });
  expect([body.calls, body.same, body.different, body.undetermined]).toEqual([5, 2, 2, 1]);
  expect(body.changes).toEqual([
    { tool: 'read', was: 'allow', stance: 'deny', rule: '(default deny)', calls: 2 },
  ]);
  expect(body.open).toEqual([{ tool: 'pay', rule: '/tools/pay/require/0', calls: 1 }]);
});

it('charts the same calls', async () => {
  const { body } = await client('GET /stats', { query: { by: 'tool', server } });
  expect([body.total.calls, body.total.denied, body.total.failed]).toEqual([5, 2, 1]);
  expect(body.series[0]).toMatchObject({ key: 'read', server, calls: 2, denied: 0 });
  expect(body.total.upstream.p50).toBeGreaterThan(20);
  const { body: outcomes } = await client('GET /stats', { query: { by: 'outcome' } });
  expect(outcomes.series.map(({ key, calls }) => [key, calls])).toContainEqual(['deny', 2]);
});
