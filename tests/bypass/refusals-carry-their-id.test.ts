/** Promise: a request that is refused for its params is answered under its own id, so that no client waits for it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  FIXTURES,
  guardServer,
  rawPost,
  startFixture,
  startGateway,
  wrapCommand,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { POLICY } from './policy.ts';

const CALL =
  '{"jsonrpc":"2.0","id":"a\\u0062","method":"tools/call","params":{"name":"safe","arguments":"{}"}}';
const REFUSED = { id: 'ab', error: { code: -32602, data: { code: 'PC_PARAMS_INVALID' } } };

let home: string;
let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-ids-'));
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', { MODE: 'sessions' })]);
  guarded = await guardServer(gateway, { name: 'guarded', url: recorder.url }, POLICY);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
  await rm(home, { recursive: true, force: true });
});

it.each(['/mcp/guarded', '/mcp'])('at %s', async (path) => {
  const authorization = `Bearer ${guarded.token}`;
  const answer = await rawPost(`${gateway.url}${path}`, CALL, { authorization });
  expect(answer.json()).toMatchObject(REFUSED);
  expect(answer.text).toContain('"id":"a\\u0062"');
  expect(await recorder.calls('tools/call')).toEqual([]);
});

it('but a batch is answered as one', async () => {
  const authorization = `Bearer ${guarded.token}`;
  const good = CALL.replace('"{}"', '{}').replace('a\\u0062', 'good');
  const answer = await rawPost(guarded.url, `[${good},${CALL}]`, { authorization });
  expect(answer.json()).toMatchObject({ id: null, error: { data: { code: 'PC_PARAMS_INVALID' } } });
  expect(await recorder.calls('tools/call')).toEqual([]);
});

it('on standard streams', async () => {
  const [policy, log] = [join(home, 'policy.json'), join(home, 'lines.log')];
  await writeFile(policy, JSON.stringify(POLICY));
  await writeFile(log, '');
  const command = [process.execPath, join(FIXTURES, 'recorder-stdio.mjs')];
  const peer = wrapCommand(['--policy', policy, '--', ...command], {
    env: { PORTCULLIS_HOME: home, LOG_FILE: log },
  });
  await peer.initialize();
  peer.writeLine(CALL);
  expect(await peer.waitFor(({ id }) => id === 'ab')).toMatchObject(REFUSED);
  await peer.leave();
});
