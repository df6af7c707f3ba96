/** Promise: what one grant started, another grant of the same server cannot fetch, cancel or look at. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  mintGrant,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type RawAnswer,
  type TestGateway,
} from '../kit/index.ts';
import { openSession } from './open-session.ts';
import { POLICY } from './policy.ts';

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
let stranger = '';
beforeAll(async () => {
  const MODE = 'sessions,tasks';
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', { MODE })]);
  guarded = await guardServer(gateway, { name: 'tasks', url: recorder.url }, POLICY);
  stranger = (await mintGrant(gateway, guarded.server.id, { policyId: guarded.policyId })).token;
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it.each(['tasks/result', 'tasks/get', 'tasks/cancel'])('%s', async (method) => {
  const own = await caller(guarded.token);
  const other = await caller(stranger);
  const created = await own('tools/call', { name: 'safe', arguments: {}, task: { ttl: 60_000 } });
  const { taskId } = created.json<{ result: { task: { taskId: string } } }>().result.task;
  expect((await other(method, { taskId })).json()).toMatchObject({ error: { code: -32602 } });
  expect(await recorder.calls(method)).toEqual([]);
  await own(method, { taskId });
  expect(await recorder.calls(method)).toMatchObject([{ params: { taskId } }]);
});

type Ask = (method: string, params: object) => Promise<RawAnswer>;

async function caller(token: string): Promise<Ask> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(await openSession(guarded.url, token, '2025-11-25')),
  };
  let id = 0;
  return (method, params) =>
    rawPost(guarded.url, JSON.stringify({ jsonrpc: '2.0', id: (id += 1), method, params }), headers);
}
