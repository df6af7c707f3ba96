/** Promise: whatever client stands before a model, it lists, calls, reads why not, fails on a wrong token and lives through a restart. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aiSdkClient,
  guardServer,
  inspector,
  inspectorNode,
  langChainClient,
  mcporter,
  partFile,
  startFixture,
  startGateway,
  textOf,
  v1Client,
  v1StdioClient,
  v2Client,
  type Fixture,
  type GuardedServer,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';

const POLICY = {
  version: '1',
  default: 'allow',
  hide: ['test_image_content'],
  tools: { test_error_handling: { action: 'deny', reason: 'Ask the owner first.' } },
};
const DENIAL = '[POLICY DENIED] Ask the owner first.';

let gateway: TestGateway;
let server: Fixture;
let guarded: GuardedServer;

beforeAll(async () => {
  [gateway, server] = await Promise.all([startGateway(), startFixture('everything')]);
  guarded = await guardServer(gateway, { name: 'everything', url: server.url }, POLICY);
});
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
});

const mcpRemoteClient = (url: string, { token }: { token: string }): Promise<ToolClient> =>
  v1StdioClient(process.execPath, [
    partFile('mcp-remote/dist/proxy.js'),
    url,
    '--allow-http',
    '--transport',
    'http-only',
    '--header',
    `Authorization: Bearer ${token}`,
  ]);

type Connect = (url: string, options: { token: string }) => Promise<ToolClient>;

const CLIENTS: readonly (readonly [name: string, connect: Connect, wrongToken: RegExp])[] = [
  ['SDK v1', v1Client, /401|unknown, expired or revoked/],
  [
    'SDK v2, legacy',
    (url, options) => v2Client(url, 'legacy', options),
    /authoriz|authentic|401|unknown, expired or revoked/i,
  ],
  [
    'SDK v2, modern',
    (url, options) => v2Client(url, 'modern', options),
    /authoriz|authentic|401|unknown, expired or revoked/i,
  ],
  ['AI SDK', aiSdkClient, /401/],
  ['LangChain', langChainClient, /authentic|401/i],
  ['mcp-remote', mcpRemoteClient, /closed|-32/i],
];

describe.each(CLIENTS)('%s', (_, connect, wrongToken) => {
  it('lists, calls, reads why not, and lives through a restart of the gateway', async () => {
    const client = await connect(guarded.url, guarded);
    try {
      const names = (await client.listTools()).map(({ name }) => name);
      expect(names).toContain('test_simple_text');
      expect(names).not.toContain('test_image_content');
      expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
      const denied = await client.callTool('test_error_handling');
      expect(denied.isError).toBe(true);
      expect(textOf(denied)).toContain(DENIAL);
      await gateway.restart();
      expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
      expect(textOf(await client.callTool('test_error_handling'))).toContain(DENIAL);
    } finally {
      await client.close();
    }
  });

  it('fails on a wrong token', async () => {
    await server.clear();
    await expect(connect(guarded.url, { token: 'pcg_wrong' })).rejects.toThrow(wrongToken);
    expect(await server.calls('tools/call')).toEqual([]);
  });
});

describe('mcporter', () => {
  it('lists, calls and prints why not', async () => {
    const client = await mcporter(guarded.url, guarded.token);
    const listed = (await client.list()).stdout;
    expect(listed).toContain('test_simple_text');
    expect(listed).not.toContain('test_image_content');
    expect((await client.call('test_simple_text')).stdout).toContain('simple text');
    expect((await client.call('test_error_handling')).stdout).toContain(DENIAL);
  });
});

describe.skipIf(inspectorNode === undefined)(
  inspectorNode === undefined ? 'Inspector (there is no Node.js 22 for it)' : 'Inspector',
  () => {
    const run = (token: string, ...args: string[]) => inspector(guarded.url, token, ...args);

    it.each(['legacy', 'modern'])('in the %s era lists, calls and prints why not', async (era) => {
      const options = ['--protocol-era', era];
      const listed = await run(guarded.token, ...options, '--method', 'tools/list');
      expect(listed, listed.output).toMatchObject({ code: 0 });
      expect(listed.output).toContain('test_simple_text');
      expect(listed.output).not.toContain('test_image_content');
      const call = (tool: string) =>
        run(guarded.token, ...options, '--method', 'tools/call', '--tool-name', tool);
      const called = await call('test_simple_text');
      expect(called, called.output).toMatchObject({ code: 0 });
      expect(called.output).toContain('simple text');
      const denied = await call('test_error_handling');
      expect(denied, denied.output).toMatchObject({ code: 5 });
      expect(denied.output).toContain(DENIAL);
    });

    it('says that a wrong token is about authorization', async () => {
      const listed = await run('pcg_wrong', '--method', 'tools/list');
      expect(listed, listed.output).toMatchObject({ code: 3 });
    });
  },
);
