import { afterAll, beforeAll, expect, it } from 'vitest';
import { sseLines } from '../../tests/kit/sse-lines.ts';
import type { DecisionRecord } from '../audit/index.ts';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
let server = '';
beforeAll(async () => {
  api = await openApi();
  server = (await api.call<{ id: string }>('POST', '/servers', { name: 'orgo', url: 'https://example.com' }))
    .body.id;
});
afterAll(() => api.close());

let count = 0;
async function decide(tool: string, outcome: 'allow' | 'deny', at = Date.now(), rule = ''): Promise<string> {
  const id = `call-${++count}`;
  const { organization } = api.registry;
  const index = {
    kind: 'decision',
    id,
    at,
    organization,
    server,
    grant: 'g',
    tool,
    method: 'tools/call',
    outcome,
    rule,
  } as const;
  await api.opened.log.append(index, {
    id,
    at,
    organization,
    server: {
      id: server,
      name: 'orgo',
    },
    grant: {
      id: 'g',
      label: 'alice',
    },
    client: {},
    era: 'legacy',
    method: 'tools/call',
    tool,
    argumentKeys: [],
    argumentDigests: {},
    policy: null,
    outcome,
    rule,
    message: rule === '' ? '' : `Refused by ${rule}`,
    reservations: [],
    dispatched: false,
  });
  return id;
}

interface Page {
  readonly items: DecisionRecord[];
  readonly nextCursor: string | null;
}

it('shows a decision as soon as it was made, newest first', async () => {
  const first = await decide('exec', 'deny', 1_000_000, 'tools.exec.deny_if[0]');
  const second = await decide('read', 'allow', 2_000_000);
  const { body } = await api.call<Page>('GET', '/decisions');
  expect(body.items.map(({ id }) => id)).toEqual([second, first]);
  expect((await api.call<DecisionRecord>('GET', `/decisions/${first}`)).body).toMatchObject({
    id: first,
    tool: 'exec',
    outcome: 'deny',
    chain: { seq: expect.any(Number) },
  });
  expect((await api.call('GET', '/decisions/none')).status).toBe(404);
});

it('filters, and pages', async () => {
  const found = async (query: string): Promise<(string | undefined)[]> =>
    (await api.call<Page>('GET', `/decisions?${query}`)).body.items.map(({ tool }) => tool);
  expect(await found('tool=exec')).toEqual(['exec']);
  expect(await found('outcome=allow')).toEqual(['read']);
  expect(await found('server=orgo')).toEqual(['read', 'exec']);
  expect(await found('server=another')).toEqual([]);
  expect(await found(`rule=${encodeURIComponent('tools.exec.deny_if[0]')}`)).toEqual(['exec']);
  expect(await found('rule=tools')).toEqual([]);
  expect(await found('text=refused%20BY')).toEqual(['exec']);
  expect(await found('text=nowhere')).toEqual([]);
  expect(await found('grant=g&from=2000000')).toEqual(['read']);
  expect(await found('to=1970-01-01T00:30:00Z')).toEqual(['exec']);
  expect(await found('from=1970-01-01T00:30:00Z')).toEqual(['read']);
  const page = await api.call<Page>('GET', '/decisions?limit=1');
  expect(page.body.items).toHaveLength(1);
  expect(await found(`limit=1&cursor=${page.body.nextCursor}`)).toEqual(['exec']);
  for (const wrong of ['outcome=maybe', 'from=soon', 'tol=exec', 'cursor=x'])
    expect((await api.call('GET', `/decisions?${wrong}`)).status).toBe(422);
});

it('streams decisions as they are made, filtered', async () => {
  const headers = { authorization: `Bearer ${api.adminKey}` };
  const stream = await sseLines(`${api.url}/api/v1/decisions/stream?tool=live&text=because`, { headers });
  expect(stream.status).toBe(200);
  expect(stream.headers['content-type']).toBe('text/event-stream');
  await stream.until(/^: connected/);
  await decide('other', 'allow');
  await decide('live', 'deny');
  const id = await decide('live', 'deny', Date.now(), 'because');
  expect(await stream.until(/^id:/)).toBe(`id: ${id}`);
  expect(await stream.until(/^event:/)).toBe('event: decision');
  expect(await stream.message()).toMatchObject({ id, tool: 'live', outcome: 'deny' });
  stream.close();
  await stream.ended;
  expect((await sseLines(`${api.url}/api/v1/decisions/stream`)).status).toBe(401);
});
