/** Promise: two requests that share an id in a session cannot both reach the server, since only one could be answered. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type TestGateway,
} from '../kit/index.ts';
import { openSession } from './open-session.ts';
import { POLICY } from './policy.ts';

let gateway: TestGateway;
let recorder: Fixture;
beforeAll(async () => {
  const env = { MODE: 'sessions,slow', DELAY_MS: '1500' };
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', env)]);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it('the second is refused while the first is under way', async () => {
  const { url, token } = await guardServer(gateway, { name: 'slow', url: recorder.url }, POLICY);
  const headers = { authorization: `Bearer ${token}`, ...(await openSession(url, token, '2025-11-25')) };
  const call = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"safe","arguments":{}}}';
  const answers = await Promise.all([rawPost(url, call, headers), rawPost(url, call, headers)]);
  const codes = answers.map(
    (answer) => answer.json<{ error?: { data?: { code?: string } } }>().error?.data?.code,
  );
  expect(codes.toSorted()).toEqual(['PC_ID_IN_FLIGHT', undefined]);
  expect(await recorder.calls('tools/call')).toHaveLength(1);
});

it('a refused one does not make room for a third', async () => {
  const { url, token } = await guardServer(gateway, { name: 'slow again', url: recorder.url }, POLICY);
  const headers = { authorization: `Bearer ${token}`, ...(await openSession(url, token, '2025-11-25')) };
  const call = (name: string): string =>
    `{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"${name}","arguments":{}}}`;
  const before = (await recorder.calls('tools/call')).length;
  const first = rawPost(url, call('safe'), headers);
  await expect.poll(async () => (await recorder.calls('tools/call')).length).toBe(before + 1);
  expect((await rawPost(url, call('forbidden'), headers)).text).toContain('[POLICY DENIED]');
  const third = await rawPost(url, call('safe'), headers);
  expect(third.json()).toMatchObject({ error: { data: { code: 'PC_ID_IN_FLIGHT' } } });
  expect((await first).json()).toMatchObject({ id: 8, result: {} });
  expect(await recorder.calls('tools/call')).toHaveLength(before + 1);
});
