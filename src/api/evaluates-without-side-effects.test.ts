import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  tools: {
    exec: {
      require: [
        {
          conditions: [{ path: 'args.timeout', op: 'lte', value: 60 }],
          on_deny: 'Set timeout to 60 s or less.',
        },
      ],
      limits: [{ counter: 'once', window: 'day', max: 1 }],
    },
  },
};

let api: OpenApi;
let server = '';
let policy = '';
let grant = '';
beforeAll(async () => {
  api = await openApi();
  server = (
    await api.call<{ id: string }>('POST', '/servers', { name: 'orgo', url: 'http://127.0.0.1:1/mcp' })
  ).body.id;
  policy = (
    await api.call<{ id: string }>('POST', `/servers/${server}/policies`, { name: 'p', document: POLICY })
  ).body.id;
  grant = (
    await api.call<{ id: string }>('POST', `/servers/${server}/grants`, { label: 'g', policyId: policy })
  ).body.id;
});
afterAll(() => api.close());

const evaluate = (body: object) => api.call('POST', '/evaluate', body);

it('judges by grant, by stored policy and by document alike', async () => {
  for (const by of [{ grant }, { policy }, { policy: POLICY }, { server: 'orgo', policy: POLICY }]) {
    expect((await evaluate({ ...by, tool: 'exec', arguments: { timeout: 5 } })).body).toMatchObject({
      outcome: 'allow',
      rule: '',
    });
    expect((await evaluate({ ...by, tool: 'exec', arguments: { timeout: 90 } })).body).toMatchObject({
      outcome: 'deny',
      rule: '/tools/exec/require/0',
      message: expect.stringContaining('Set timeout to 60 s or less.'),
    });
    expect((await evaluate({ ...by, tool: 'other' })).body).toMatchObject({
      outcome: 'deny',
      rule: '(default deny)',
    });
  }
});

it('counts and logs nothing', async () => {
  for (let i = 0; i < 3; i++)
    expect((await evaluate({ grant, tool: 'exec', arguments: { timeout: 5 } })).body).toMatchObject({
      outcome: 'allow',
    });
  expect((await api.call<{ items: unknown[] }>('GET', '/decisions')).body.items).toEqual([]);
});

it('judges numbers that doubles cannot hold as what they are', async () => {
  const huge = Buffer.from(
    `{"policy":${JSON.stringify(POLICY)},"tool":"exec","arguments":{"timeout":1e400}}`,
  );
  expect((await evaluate(huge)).body).toMatchObject({ outcome: 'deny', rule: '/tools/exec/require/0' });
});

it('keeps every member of the arguments', async () => {
  const document = {
    version: '1',
    default: 'allow',
    tools: {
      exec: { deny_if: [{ conditions: [{ path: 'args["__proto__"]', op: 'exists', value: true }] }] },
    },
  };
  const call = Buffer.from(
    `{"policy":${JSON.stringify(document)},"tool":"exec","arguments":{"__proto__":1}}`,
  );
  expect((await evaluate(call)).body).toMatchObject({ outcome: 'deny' });
});

it('explains every step', async () => {
  const { body } = await api.call<{ text: string; trace: unknown[] }>('POST', '/policies/explain', {
    grant,
    tool: 'exec',
    arguments: { timeout: 90 },
  });
  expect(body).toMatchObject({ outcome: 'deny', document: { version: '1' } });
  expect(body.trace.length).toBeGreaterThan(1);
  expect(body.text).toContain('/tools/exec/require/0');
});

it('says what is not there, and what is not valid', async () => {
  expect(await evaluate({ grant: 'none', tool: 'a' })).toMatchObject({ status: 404 });
  expect(await evaluate({ policy: 'none', tool: 'a' })).toMatchObject({ status: 404 });
  expect(await evaluate({ server: 'none', tool: 'a' })).toMatchObject({ status: 404 });
  expect(await evaluate({ policy: { version: '2' }, tool: 'a' })).toMatchObject({
    status: 422,
    body: { code: 'PC_POLICY_INVALID' },
  });
  expect(await evaluate({ tool: 'a', arguments: [] })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/arguments' }] },
  });
});

it('classifies up to 10,000 definitions', async () => {
  const tools = Array.from({ length: 10_000 }, (_, index) => ({ name: `delete_item_${index}` }));
  const { body } = await api.call<{ items: { name: string; class: string }[] }>('POST', '/catalog/classify', {
    server: 'x',
    tools,
  });
  expect(body.items).toHaveLength(10_000);
  expect(body.items[7]).toMatchObject({ name: 'delete_item_7', class: 'Destructive' });
  expect((await api.call('POST', '/catalog/classify', { tools: [...tools, { name: 'a' }] })).status).toBe(
    422,
  );
  expect((await api.call('POST', '/catalog/classify', { tools: [{}] })).body).toMatchObject({
    errors: [{ pointer: '/tools/0' }],
  });
});

it('refuses arguments that no call could carry', async () => {
  const twice = { policy: { version: '1', default: 'allow' }, tool: 'exec', arguments: { mode: 1, Mode: 2 } };
  expect(await evaluate({ server, ...twice })).toMatchObject({
    status: 400,
    body: { code: 'PC_JSON_CASE_COLLISION' },
  });
  const apart = { name: 'apart', url: 'http://127.0.0.1:1/mcp', caseSensitive: true };
  const { id } = (await api.call<{ id: string }>('POST', '/servers', apart)).body;
  expect((await evaluate({ ...twice, server: id })).body).toMatchObject({ outcome: 'allow' });
});
