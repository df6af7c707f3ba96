/** Promise: a target in absolute form (RFC 9112, section 3.2.2) is served, and the host that it names is the one that is checked. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  guardServer,
  MCP_HEADERS,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { POLICY } from './policy.ts';

const CALL = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"safe","arguments":{}}}';

let gateway: TestGateway;
let recorder: Fixture;
let guarded: GuardedServer;
beforeAll(async () => {
  [gateway, recorder] = await Promise.all([startGateway(), startFixture('recorder')]);
  guarded = await guardServer(gateway, { name: 'target', url: recorder.url }, POLICY);
});
afterAll(async () => {
  await gateway.stop();
  await recorder.stop();
});

function send(target: string, host: string, body?: string): Promise<number | undefined> {
  const { hostname, port } = new URL(gateway.url);
  const headers = { ...MCP_HEADERS, authorization: `Bearer ${guarded.token}`, host };
  const method = body === undefined ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path: target, method, headers, agent: false });
    outgoing.on('error', reject).on('response', (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    outgoing.end(body);
  });
}

it('is served on every side of the gateway', async () => {
  const { host } = new URL(gateway.url);
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/metrics', '/schema/policy-1.json?x=1'])
    expect([path, await send(`http://${host}${path}`, host)]).toEqual([path, 200]);
  expect(await send(guarded.url, host, CALL)).toBe(200);
  expect(await send(guarded.url.replace('http:', 'HTTPS:'), host, CALL)).toBe(200);
  expect(await recorder.calls('tools/call')).toHaveLength(2);
});

it('counts instead of Host, for better and for worse', async () => {
  const { host, pathname } = new URL(guarded.url);
  await recorder.clear();
  for (const authority of [
    'evil.example.com',
    `evil.example.com:80`,
    `user@${host}`,
    `${host}@evil.example.com`,
    '',
  ])
    expect([authority, await send(`http://${authority}${pathname}`, host, CALL)]).toEqual([authority, 403]);
  expect(await send('http://evil.example.com/metrics', host)).toBe(401);
  expect(await recorder.log()).toEqual([]);
  expect(await send(guarded.url, 'evil.example.com', CALL)).toBe(200);
});

it('has its dots and escapes left as they are', async () => {
  const { host } = new URL(guarded.url);
  await recorder.clear();
  for (const path of ['/x/../mcp/target', '/%6dcp/target', '//mcp/target'])
    expect([path, await send(`http://${host}${path}`, host, CALL)]).toEqual([path, 404]);
  expect(await recorder.log()).toEqual([]);
});
