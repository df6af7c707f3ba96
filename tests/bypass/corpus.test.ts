/** Promise: none of these messages, nor any part of one, reaches the server, and each gets the answer that the contract names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  rawPost,
  rawRequest,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { bytesOf, CORPUS, type Case } from './cases.ts';
import { openSession } from './open-session.ts';
import { POLICY } from './policy.ts';
import { isRefusal, send, type Answer } from './send.ts';

const SAFE =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"safe","arguments":{"corpus":"alive"}}}';

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
let foreign: GuardedServer;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder', { MODE: 'sessions' })]);
  guarded = await guardServer(gateway, { name: 'guarded', url: recorder.url }, POLICY);
  foreign = await guardServer(gateway, { name: 'foreign', url: recorder.url }, POLICY);
  await safePasses();
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

describe.each(CORPUS)('%s', (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const headers = await headersFor(one);
    await recorder.clear();
    const answer = await send({
      origin: gateway.url,
      path: fill(one.path ?? '/mcp/SERVER'),
      method: one.method ?? 'POST',
      headers,
      body: bytesOf(one),
    });
    expectAnswer(answer, one.expect);
    expect((await recorder.log()).map(({ method, body }) => `${method} ${body}`)).toEqual([]);
  });
});

it('the gateway is still the same process, ready, and lets safe calls through', async () => {
  expect((await rawRequest(`${gateway.url}/readyz`)).status).toBe(200);
  expect(gateway.logs().match(/listening on http/g)).toHaveLength(1);
  await safePasses();
});

function expectAnswer(answer: Answer, { status, code, text, refused }: Case['expect']): void {
  if (status !== undefined) expect(answer.status, answer.text).toBe(status);
  if (code !== undefined) expect(answer.messages.map(({ error }) => error?.code)).toContain(code);
  if (text !== undefined) expect(answer.text).toContain(text);
  if (refused === true) expect(isRefusal(answer), `${answer.status} ${answer.text}`).toBe(true);
}

async function headersFor({
  headers = {},
  session,
  foreignSession,
  foreignGrant,
}: Case): Promise<Record<string, string>> {
  const { token } = foreignGrant === true ? foreign : guarded;
  const all: Record<string, string> = { ...MCP_HEADERS, authorization: `Bearer ${token}` };
  if (session !== undefined) Object.assign(all, await openSession(guarded.url, guarded.token, session));
  if (foreignSession === true)
    Object.assign(all, await openSession(foreign.url, foreign.token, '2025-11-25'));
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) delete all[name];
    else all[name] = fill(value);
  }
  return all;
}

const fill = (text: string): string =>
  text.replaceAll('SERVER', guarded.server.id).replaceAll('TOKEN', guarded.token);

/** Without this, a gateway that forwards nothing at all would pass every case. */
async function safePasses(): Promise<void> {
  const session = await openSession(guarded.url, guarded.token, '2025-11-25');
  const answer = await rawPost(guarded.url, SAFE, { ...guarded.headers, ...session });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('alive');
  expect(await recorder.calls('tools/call')).not.toEqual([]);
}
