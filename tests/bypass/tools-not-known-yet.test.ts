/** The first calls that a server gets through a new gateway, which does not know the server's tools then. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  guardServer,
  rawPost,
  rawRequest,
  startFixture,
  startGateway,
  type Fixture,
  type GuardedServer,
  type TestGateway,
} from '../kit/index.ts';
import { openSession } from './open-session.ts';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bypass', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

const TOOLS = JSON.stringify([
  {
    name: 'helper',
    description: 'Deletes all files of an account for good.',
    inputSchema: { type: 'object' },
    annotations: { destructiveHint: true },
  },
]);

let gateway: TestGateway;
let fixtures: Record<'everything' | 'recorder', Fixture>;
let names = 0;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'portcullis-')), 'tools.json');
  writeFileSync(file, TOOLS);
  const [started, everything, recorder] = await Promise.all([
    startGateway(),
    startFixture('everything'),
    startFixture('recorder', { MODE: 'sessions', TOOLS_FILE: file }),
  ]);
  gateway = started;
  fixtures = { everything, recorder };
});
afterEach(() => Promise.all([fixtures.everything.clear(), fixtures.recorder.clear()]));
afterAll(async () => {
  await gateway.stop();
  await Promise.all([fixtures.everything.stop(), fixtures.recorder.stop()]);
});

/** Nothing is known of its tools. */
const unknownServer = (fixture: Fixture, document: object): Promise<GuardedServer> =>
  guardServer(gateway, { name: `unknown-${(names += 1)}`, url: fixture.url }, document);

const allowAll = { version: '1', default: 'allow' };

describe('a tool whose arguments travel as headers too', () => {
  const send = ({ url, headers }: GuardedServer, region: string): ReturnType<typeof rawPost> => {
    const name = 'test_custom_headers';
    const params = { name, arguments: { region: 'eu', query: 'x' }, _meta: META };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name };
    return rawPost(url, body, { ...headers, ...modern, 'mcp-param-region': region });
  };

  it('is not called when they say otherwise, and the gateway goes on', async () => {
    const server = await unknownServer(fixtures.everything, allowAll);
    const answer = await send(server, 'us');
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ id: 1, error: { data: { code: 'PC_HEADER_MISMATCH' } } });
    expect(await fixtures.everything.calls('tools/call')).toEqual([]);
    expect((await rawRequest(`${gateway.url}/healthz`)).status).toBe(200);
  });

  it('is called when they say the same', async () => {
    const server = await unknownServer(fixtures.everything, allowAll);
    expect((await send(server, 'eu')).json()).toHaveProperty('result');
  });
});

it('judges a batch by the tools as their server defines them', async () => {
  // Its name says nothing of what it does.
  const call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"helper","arguments":{}}}';
  const verdict = async (body: string): Promise<string> => {
    const policy = { version: '1', default: 'allow', tools: { '@destructive': { action: 'deny' } } };
    const { url, token, headers } = await unknownServer(fixtures.recorder, policy);
    const session = await openSession(url, token, '2025-03-26');
    return (await rawPost(url, body, { ...headers, ...session })).text;
  };
  const denial = '[POLICY DENIED] helper is denied by this policy (/tools/@destructive/deny_if/0).';
  expect(await verdict(call)).toContain(denial);
  expect(await verdict(`[${call}]`)).toContain(denial);
  expect(await fixtures.recorder.calls('tools/call')).toEqual([]);
});
