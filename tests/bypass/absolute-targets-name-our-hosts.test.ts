/** Promise: a target in absolute form (RFC 9112, section 3.2.2) is served, and the host that it names is the one that is checked. */
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { MCP_HEADERS } from '../kit/index.ts';
import { guardedRecorder } from './guarded-recorder.ts';

const CALL = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"safe","arguments":{}}}';

const here = guardedRecorder();

function send(target: string, host: string, body?: string): Promise<number | undefined> {
  const { hostname, port } = new URL(here.gateway.url);
  const headers = { ...MCP_HEADERS, authorization: `Bearer ${here.guarded.token}`, host };
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
  const { host } = new URL(here.gateway.url);
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/metrics', '/schema/policy-1.json?x=1'])
    expect([path, await send(`http://${host}${path}`, host)]).toEqual([path, 200]);
  expect(await send(here.guarded.url, host, CALL)).toBe(200);
  expect(await send(here.guarded.url.replace('http:', 'HTTPS:'), host, CALL)).toBe(200);
  expect(await here.recorder.calls('tools/call')).toHaveLength(2);
});

it('counts instead of Host, for better and for worse', async () => {
  const { host, pathname } = new URL(here.guarded.url);
  await here.recorder.clear();
  for (const authority of [
    'evil.example.com',
    `evil.example.com:80`,
    `user@${host}`,
    `${host}@evil.example.com`,
    '',
  ])
    expect([authority, await send(`http://${authority}${pathname}`, host, CALL)]).toEqual([authority, 403]);
  expect(await send('http://evil.example.com/metrics', host)).toBe(401);
  expect(await here.recorder.log()).toEqual([]);
  expect(await send(here.guarded.url, 'evil.example.com', CALL)).toBe(200);
});

it('has its dots and escapes left as they are', async () => {
  const { host } = new URL(here.guarded.url);
  await here.recorder.clear();
  for (const path of ['/x/../mcp/target', '/%6dcp/target', '//mcp/target'])
    expect([path, await send(`http://${host}${path}`, host, CALL)]).toEqual([path, 404]);
  expect(await here.recorder.log()).toEqual([]);
});
