/** Promise: what the pages' questions and answers tell people to write does what they say. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createPolicy,
  mintGrant,
  registerServer,
  startFixture,
  startGateway,
  v1Client,
  type Fixture,
  type RegisteredServer,
  type TestGateway,
  type V1Client,
} from '../kit/index.ts';
import { denialOf } from './decision.ts';
import { withinOneWindow } from './windows.ts';

const KEY = 'test-orgo-key';
let gateway: TestGateway;
let orgo: Fixture;
let server: RegisteredServer;
beforeAll(async () => {
  [gateway, orgo] = await Promise.all([startGateway(), startFixture('orgo-stand-in')]);
  const headers = { 'X-Orgo-API-Key': KEY };
  server = await registerServer(gateway, { name: 'orgo', url: orgo.url, headers });
});
afterAll(async () => {
  await gateway.stop();
  await orgo.stop();
});

let policies = 0;
/** Gives a way to connect under a new grant of a new policy that has this one rule. */
async function under(rule: object): Promise<() => Promise<V1Client>> {
  const document = { version: '1', default: 'deny', tools: { orgo_exec: rule } };
  const policy = await createPolicy(gateway, server.id, document, `policy-${++policies}`);
  const { token } = await mintGrant(gateway, server.id, { policyId: policy.id });
  await orgo.clear();
  return () => v1Client(`${gateway.url}/mcp/${server.id}`, { token });
}

const call = (client: V1Client): ReturnType<V1Client['callTool']> =>
  client.callTool('orgo_exec', { code: 'print(1)' });

it('"rate_limit": { "max": 10, "window": 60 } counts per session', { timeout: 60_000 }, () =>
  withinOneWindow(60, async () => {
    const connect = await under({ rate_limit: { max: 10, window: 60 } });
    for (const client of [await connect(), await connect()]) {
      for (let n = 0; n < 10; n++) expect((await call(client)).isError, `call ${n + 1}`).not.toBe(true);
      expect(denialOf(await call(client)).meta.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      await client.close();
    }
    expect(await orgo.calls('tools/call')).toHaveLength(20);
  }),
);

it('"rate_limit": "5/hour" counts per grant', { timeout: 60_000 }, () =>
  withinOneWindow(3600, async () => {
    const connect = await under({ rate_limit: '5/hour' });
    const [first, second] = [await connect(), await connect()];
    for (let n = 0; n < 5; n++)
      expect((await call(n % 2 === 0 ? first : second)).isError, `call ${n + 1}`).not.toBe(true);
    for (const client of [first, second]) {
      expect(denialOf(await call(client)).text).toMatch(/5 .*resets in \d+ s/);
      await client.close();
    }
    expect(await orgo.calls('tools/call')).toHaveLength(5);
  }),
);

it('"action": "deny" tells the agent the reason, and shows the tool', async () => {
  const client = await (await under({ action: 'deny', reason: 'Python only runs on Tuesdays.' }))();
  expect((await client.listTools()).map(({ name }) => name)).toEqual(['orgo_exec']);
  expect(denialOf(await call(client)).text).toContain('Python only runs on Tuesdays.');
  expect(await orgo.calls('tools/call')).toEqual([]);
  await client.close();
});

it('all of it stands beside the rule that the page prints', { timeout: 60_000 }, () =>
  withinOneWindow(60, async () => {
    const page = { limits: [{ counter: 'orgo_exec_rate', window: 'minute', max: 10, scope: 'grant' }] };
    const connect = await under({ ...page, rate_limit: { max: 2, window: 60 } });
    const client = await connect();
    for (let n = 0; n < 2; n++) expect((await call(client)).isError).not.toBe(true);
    expect(denialOf(await call(client)).text).toMatch(/2 per minute for this session/);
    await client.close();
    const blocked = await (
      await under({ ...page, rate_limit: { max: 2, window: 60 }, action: 'deny', reason: 'Not here.' })
    )();
    expect(denialOf(await call(blocked)).text).toContain('Not here.');
    expect(await orgo.calls('tools/call')).toEqual([]);
    await blocked.close();
  }),
);

it('"action": "allow" allows', async () => {
  const client = await (await under({ action: 'allow' }))();
  for (let n = 0; n < 12; n++) expect((await call(client)).isError).not.toBe(true);
  expect(await orgo.calls('tools/call')).toHaveLength(12);
  await client.close();
});

it('"action": "hide" makes the tool look unknown', async () => {
  const client = await (await under({ action: 'hide' }))();
  expect(await client.listTools()).toEqual([]);
  await expect(call(client)).rejects.toThrow(/Unknown tool/);
  expect(await orgo.calls('tools/call')).toEqual([]);
  await client.close();
});

it('"action": "require_approval" asks first', async () => {
  const client = await (await under({ action: 'require_approval', reason: 'Runs code.' }))();
  expect((await client.listTools()).map(({ name }) => name)).toEqual(['orgo_exec']);
  const result = await call(client);
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toMatch(/approv/i);
  expect(await orgo.calls('tools/call')).toEqual([]);
  await client.close();
});
