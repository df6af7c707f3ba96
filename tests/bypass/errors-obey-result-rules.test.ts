/** Promise: what a policy keeps from coming back does not come back in an error either, whatever form the error has. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  rawPost,
  startFixture,
  startGateway,
  type Fixture,
  type RawAnswer,
  type TestGateway,
} from '../kit/index.ts';

const SECRET = 'hunter2222';
const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{}}}';

let gateway: TestGateway;
let recorder: Fixture;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', {})]);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

it.each(['leak-error', 'leak-status', 'leak-page'])('%s', async (mode) => {
  expect((await answer(mode, {})).text).toContain(SECRET);
  const judged = await answer(mode, { results: { redact: ['secrets'] } });
  expect(judged.text).not.toContain(SECRET);
  if (mode !== 'leak-page') expect(judged.text).toContain('[redacted: secret]');
});

async function answer(mode: string, rules: object): Promise<RawAnswer> {
  const url = `${recorder.url}?mode=${mode}`;
  const name = `${mode} ${Object.keys(rules).length}`;
  const policy = { version: '1', default: 'deny', tools: { echo: rules } };
  const { url: guarded, token } = await guardServer(gateway, { name, url }, policy);
  return rawPost(guarded, CALL, { authorization: `Bearer ${token}` });
}
