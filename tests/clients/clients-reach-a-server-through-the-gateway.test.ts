import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freePort,
  guardServer,
  mcporter,
  partFile,
  runNode,
  startFixture,
  startGateway,
  textOf,
  untilAnswered,
  v1Client,
  v1SseClient,
  v1StdioClient,
  v2Client,
  type Fixture,
  type GuardedServer,
  type RunningProcess,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';

const EVERYTHING = {
  version: '1',
  default: 'allow',
  hide: ['get-env'],
  tools: { 'get-sum': { action: 'deny', reason: 'No sums today.' } },
};
const DUAL = {
  version: '1',
  default: 'allow',
  tools: { test_error_handling: { action: 'deny', reason: 'No.' } },
};

let gateway: TestGateway;
let everything: RunningProcess;
let dual: Fixture;
let legacy: GuardedServer;
let both: GuardedServer;

beforeAll(async () => {
  const port = await freePort();
  gateway = await startGateway();
  dual = await startFixture('everything', {});
  everything = runNode(
    partFile('@modelcontextprotocol/server-everything/dist/index.js'),
    ['streamableHttp'],
    {
      env: { PORT: String(port) },
    },
  );
  legacy = await guardServer(
    gateway,
    { name: 'everything', url: `http://127.0.0.1:${port}/mcp` },
    EVERYTHING,
  );
  both = await guardServer(gateway, { name: 'dual', url: dual.url }, DUAL);
  await untilAnswered(`http://127.0.0.1:${port}/mcp`, everything);
});

afterAll(async () => {
  await gateway?.stop();
  await dual?.stop();
  await everything?.stop();
});

const remote = (): Promise<ToolClient> =>
  v1StdioClient(process.execPath, [
    partFile('mcp-remote/dist/proxy.js'),
    legacy.url,
    '--allow-http',
    '--transport',
    'http-only',
    '--header',
    `Authorization: Bearer ${legacy.token}`,
  ]);

describe('a client lists, calls and reads a denial', () => {
  it.each<[string, () => Promise<ToolClient>]>([
    ['SDK v1, Streamable HTTP', () => v1Client(legacy.url, { token: legacy.token })],
    [
      'SDK v1, legacy SSE',
      () => v1SseClient(`${gateway.url}/sse/${legacy.server.id}`, { token: legacy.token }),
    ],
    ['SDK v2, legacy', () => v2Client(legacy.url, 'legacy', { token: legacy.token })],
    ['SDK v2, auto, which falls back', () => v2Client(legacy.url, 'auto', { token: legacy.token })],
    ['mcp-remote', remote],
  ])('%s', async (_, connect) => {
    const client = await connect();
    const names = (await client.listTools()).map(({ name }) => name);
    expect(names).toContain('echo');
    expect(names).not.toContain('get-env');
    expect(textOf(await client.callTool('echo', { message: 'through' }))).toBe('Echo: through');
    const denied = await client.callTool('get-sum', { a: 1, b: 2 });
    expect(denied.isError).toBe(true);
    expect(textOf(denied)).toBe('[POLICY DENIED] No sums today.');
    await client.close();
  });

  it.each(['legacy', 'auto', 'modern'] as const)(
    'SDK v2 %s in front of a server of both eras',
    async (mode) => {
      const client = await v2Client(both.url, mode, { token: both.token });
      expect((await client.listTools()).length).toBeGreaterThan(20);
      expect(textOf(await client.callTool('test_simple_text'))).toContain('simple text');
      expect(textOf(await client.callTool('test_error_handling'))).toBe('[POLICY DENIED] No.');
      await client.close();
    },
  );

  it('mcporter', async () => {
    const client = await mcporter(legacy.url, legacy.token);
    expect((await client.call('echo', { message: 'through' })).stdout).toContain('Echo: through');
    expect((await client.call('get-sum', { a: 1, b: 2 })).stdout).toContain('No sums today.');
  });
});

it('clients with equal request ids get their own answers', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => v1Client(legacy.url, { token: legacy.token })));
  const said = await Promise.all(
    clients.map(async (client, index) => textOf(await client.callTool('echo', { message: `I am ${index}` }))),
  );
  expect(said).toEqual(['Echo: I am 0', 'Echo: I am 1', 'Echo: I am 2']);
  await Promise.all(clients.map((client) => client.close()));
});

it('a changed policy acts on the next call', async () => {
  const client = await v1Client(legacy.url, { token: legacy.token });
  const put = (document: object): Promise<{ status: number }> =>
    gateway.api('PUT', `/policies/${legacy.policyId}`, { document });
  expect(
    (await put({ version: '1', default: 'deny', tools: { echo: { action: 'deny', reason: 'Quiet.' } } }))
      .status,
  ).toBe(200);
  expect(textOf(await client.callTool('echo', { message: 'x' }))).toBe('[POLICY DENIED] Quiet.');
  expect((await put(EVERYTHING)).status).toBe(200);
  expect(textOf(await client.callTool('echo', { message: 'x' }))).toBe('Echo: x');
  await client.close();
});

it('a session outlives a restart of the gateway', async () => {
  const client = await v1Client(legacy.url, { token: legacy.token });
  expect(textOf(await client.callTool('echo', { message: 'before' }))).toBe('Echo: before');
  await gateway.restart();
  expect(textOf(await client.callTool('echo', { message: 'after' }))).toBe('Echo: after');
  await client.close();
});

it('a revoked grant is refused on the next message', async () => {
  const { body } = await gateway.api<{ id: string; token: string }>(
    'POST',
    `/servers/${legacy.server.id}/grants`,
    {
      label: 'short-lived',
      policyId: legacy.policyId,
    },
  );
  const client = await v1Client(legacy.url, { token: body.token });
  expect(textOf(await client.callTool('echo', { message: 'x' }))).toBe('Echo: x');
  expect((await gateway.api('DELETE', `/grants/${body.id}`)).status).toBeLessThan(300);
  await expect(client.callTool('echo', { message: 'x' })).rejects.toThrow(/401|unknown, expired or revoked/);
  await client.close();
});
