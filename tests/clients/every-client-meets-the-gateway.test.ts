/**
 * Promise: whatever client stands before a model, it lists, calls, reads why not, waits for a person, fails on a wrong token
 * and lives through a restart.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aiSdkClient,
  guardServer,
  inspectorClient,
  inspectorNode,
  langChainClient,
  mcporterClient,
  mintGrant,
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
  tools: {
    test_error_handling: { action: 'deny', reason: 'Ask the owner first.' },
    test_logging_tool: { approve_if: [{ conditions: [], reason: 'Look at it first.', expires: '10m' }] },
  },
};
const DENIAL = '[POLICY DENIED] Ask the owner first.';

let gateway: TestGateway;
let server: Fixture;
let guarded: GuardedServer;

beforeAll(async () => {
  [gateway, server] = await Promise.all([
    startGateway({ env: { PORTCULLIS_APPROVAL_HOLD_SECONDS: '50' } }),
    startFixture('everything'),
  ]);
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
type Row = readonly [name: string, connect: Connect, wrongToken: RegExp];

const REFUSED = /authoriz|authentic|401|unknown, expired or revoked/i;
const CLIENTS: readonly Row[] = [
  ['SDK v1', v1Client, /401|unknown, expired or revoked/],
  ['SDK v2, legacy', (url, options) => v2Client(url, 'legacy', options), REFUSED],
  ['SDK v2, modern', (url, options) => v2Client(url, 'modern', options), REFUSED],
  ['AI SDK', aiSdkClient, /401/],
  ['LangChain', langChainClient, /authentic|401/i],
  ['mcp-remote', mcpRemoteClient, /closed|-32/i],
  // It looks for an authorization server next, and says that there is none.
  ['mcporter', mcporterClient, /OAuth/],
];
const INSPECTORS: readonly Row[] = (['legacy', 'modern'] as const).map((era) => [
  `Inspector, ${era}`,
  (url, options) => inspectorClient(url, era, options),
  /exit code 3: .*auth_required/s,
]);

describe.each(CLIENTS)('%s', behaves);
describe.skipIf(inspectorNode === undefined).each(INSPECTORS)(
  inspectorNode === undefined ? '%s (there is no Node.js 22 for it)' : '%s',
  behaves,
);

function behaves(_: string, connect: Connect, wrongToken: RegExp): void {
  const connected = async (use: (client: ToolClient) => Promise<void>): Promise<void> => {
    // What was denied once stays so for its grant.
    const grant = await mintGrant(gateway, guarded.server.id, { policyId: guarded.policyId });
    const client = await connect(guarded.url, grant);
    try {
      await use(client);
    } finally {
      await client.close();
    }
  };

  it(
    'lists, calls, reads why not, and lives through a restart of the gateway',
    () =>
      connected(async (client) => {
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
      }),
    120_000,
  );

  it(
    'waits for a person, and has the answer or reads who said no',
    () =>
      connected(async (client) => {
        await server.clear();
        const approved = client.callTool('test_logging_tool');
        await decide('approve');
        expect(textOf(await approved)).toContain('Done.');
        expect(await server.calls('tools/call')).toHaveLength(1);
        const refused = client.callTool('test_logging_tool');
        await decide('deny');
        const denied = await refused;
        expect(denied.isError).toBe(true);
        expect(textOf(denied)).toContain('not on a Friday');
        expect(await server.calls('tools/call')).toHaveLength(1);
      }),
    120_000,
  );

  it('fails on a wrong token', async () => {
    await server.clear();
    const listed = connect(guarded.url, { token: 'pcg_wrong' }).then((client) => client.listTools());
    await expect(listed).rejects.toThrow(wrongToken);
    for (const method of ['initialize', 'server/discover', 'tools/list', 'tools/call'])
      expect(await server.calls(method)).toEqual([]);
  }, 120_000);
}

/** What a person does about the one approval that waits. */
async function decide(how: 'approve' | 'deny'): Promise<void> {
  const waiting = async () =>
    (await gateway.api<{ items: { id: string }[] }>('GET', '/approvals?state=pending')).body.items;
  await expect.poll(waiting, { timeout: 15_000 }).toHaveLength(1);
  const [{ id }] = (await waiting()) as [{ id: string }];
  const { status } = await gateway.api('POST', `/approvals/${id}/${how}`, { reason: 'not on a Friday' });
  expect(status).toBe(200);
}
