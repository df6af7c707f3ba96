import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

interface Coverage {
  readonly fits: number;
  readonly stopped: number;
  readonly gotThrough: number;
  readonly results: readonly { slug: string; outcome: string; steps: readonly object[] }[];
}

const OPEN = { version: '1', default: 'allow' };
const SHUT = { version: '1', default: 'deny' };
const TOOLS = [
  {
    name: 'run_command',
    description: 'Runs a shell command.',
    inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
  },
];

let api: OpenApi;
let policyId = '';
beforeAll(async () => {
  api = await openApi();
  const server = await api.call<{ id: string }>('POST', '/servers', {
    name: 'one',
    url: 'http://127.0.0.1:1/mcp',
  });
  const made = await api.call<{ id: string }>('POST', `/servers/${server.body.id}/policies`, {
    name: 'p',
    document: SHUT,
  });
  policyId = made.body.id;
});
afterAll(() => api.close());

const attack = (body: object) => api.call<Coverage>('POST', '/policies/attack', body);

it('plays every pattern against a document', async () => {
  const open = await attack({ policy: OPEN, tools: TOOLS });
  expect(open.status).toBe(200);
  expect(open.body.gotThrough).toBe(open.body.fits);
  expect(open.body.results.find(({ slug }) => slug === 'shell-destruction')).toMatchObject({
    outcome: 'got through',
    steps: [{ tool: 'run_command', passed: 1 }],
  });
});

it('plays against a stored policy, with the tools of its server', async () => {
  const { body } = await attack({ policyId });
  expect(body.stopped).toBe(body.fits);
  expect((await attack({ policyId, tools: TOOLS })).body.fits).toBeGreaterThan(body.fits);
  expect((await attack({ policy: SHUT, server: 'one' })).body).toMatchObject({ fits: body.fits });
});

it('says what it misses', async () => {
  for (const body of [
    {},
    { policy: OPEN },
    { policy: OPEN, policyId },
    { policy: OPEN, server: 'one', tools: TOOLS },
    { policy: OPEN, tools: 'all' },
    { policy: { version: '2' }, tools: TOOLS },
  ])
    expect((await attack(body)).status).toBe(422);
  expect((await attack({ policy: OPEN, server: 'nowhere' })).status).toBe(404);
});
