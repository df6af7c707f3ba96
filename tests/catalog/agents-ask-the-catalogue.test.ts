import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  PROGRAM,
  startGateway,
  v1Client,
  v1StdioClient,
  v2Client,
  v2StdioClient,
  type TestGateway,
  type ToolClient,
} from '../kit/index.ts';

const FILESYSTEM = '@modelcontextprotocol/server-filesystem';

let gateway: TestGateway;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-catalog-'));
  gateway = await startGateway();
  // The bundled servers are put in after the gateway is ready, one by one, in the order of their packages' names.
  const isFound = async (): Promise<void> => {
    const { body } = await gateway.api<{ items: unknown[] }>('GET', '/catalog/search?q=firecrawl');
    expect(body.items).not.toEqual([]);
  };
  await vi.waitFor(isFound, { timeout: 60_000 });
});

afterAll(async () => {
  await gateway?.stop();
  await rm(home, { recursive: true, force: true });
});

const url = (): string => `${gateway.url}/catalog/mcp`;

describe.each<readonly [string, () => Promise<ToolClient>]>([
  ['v1 over HTTP', () => v1Client(url())],
  [
    'v1 on stdio',
    () => v1StdioClient(process.execPath, [PROGRAM, 'mcp'], { env: { PORTCULLIS_HOME: home } }),
  ],
  ['v2, legacy, over HTTP', () => v2Client(url(), 'legacy')],
  ['v2, modern, over HTTP', () => v2Client(url(), 'modern')],
  ['v2, probing, over HTTP', () => v2Client(url(), 'auto')],
  [
    'v2, modern, on stdio',
    () => v2StdioClient(process.execPath, [PROGRAM, 'mcp'], 'modern', { env: { PORTCULLIS_HOME: home } }),
  ],
])('a client of %s', (_, connect) => {
  let client: ToolClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client?.close());

  const ask = async (tool: string, args: Record<string, unknown>) => {
    const { content, isError } = await client.callTool(tool, args);
    const { text } = content[0] as unknown as { text: string };
    return { isError: isError === true, text, answer: isError === true ? {} : (JSON.parse(text) as never) };
  };

  it('lists the tools, finds a server, and learns what it can do', async () => {
    expect((await client.listTools()).map(({ name }) => name)).toEqual([
      'search_servers',
      'check_server',
      'check_tool',
      'check_stack',
      'recommend_policy',
      'explain_policy',
    ]);
    expect((await ask('search_servers', { query: 'filesystem', class: 'Write' })).answer).toMatchObject({
      servers: [{ packages: [{ registry: 'npm', name: FILESYSTEM }] }],
    });
    expect((await ask('check_server', { server: FILESYSTEM })).answer).toMatchObject({
      toolsKnown: true,
      recommendedPolicy: { version: '1', default: 'deny' },
    });
    expect((await ask('check_tool', { server: FILESYSTEM, tool: 'read_text_file' })).answer).toMatchObject({
      class: 'Read',
      signals: ['accepts-path'],
    });
  });

  it('looks at servers together, and gets and explains a policy', async () => {
    const stack = { servers: [FILESYSTEM, 'firecrawl-mcp', 'npm:nobody-knows-this'] };
    expect((await ask('check_stack', stack)).answer).toMatchObject({
      unknown: ['npm:nobody-knows-this'],
      together: [{ risk: expect.stringContaining('sent out') as string }, expect.anything()],
    });
    const tools = [
      { name: 'delete_file', description: 'Permanently deletes a file.' },
      { name: 'list_files' },
    ];
    const { answer } = await ask('recommend_policy', { server: 'files', tools });
    const { policy } = answer as { policy: object };
    expect(policy).toMatchObject({ hide: ['delete_file'], tools: { list_files: {} } });
    expect((await ask('explain_policy', { policy, tool: 'list_files' })).answer).toMatchObject({
      outcome: 'allow',
    });
    expect((await ask('explain_policy', { policy: '{"version":"2"}' })).isError).toBe(true);
  });

  it('is told what is wrong with a question', async () => {
    expect(await ask('check_server', { server: 'nobody-knows-this' })).toMatchObject({ isError: true });
    expect((await ask('search_servers', { query: 7 })).text).toContain('/query');
  });
});

it('refuses pages of other sites, other methods and what is no message', async () => {
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url(), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  expect((await post(ping)).status).toBe(200);
  expect((await post(ping, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post('{"jsonrpc":"2.0","id":1')).status).toBe(400);
  expect((await post(`[${ping}]`)).status).toBe(400);
  expect((await post(ping, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await fetch(url())).status).toBe(405);
});
