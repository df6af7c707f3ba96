import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, noChromium } from '../kit/chromium.ts';
import { partFile, PROGRAM, textOf, v1StdioClient, type ToolClient } from '../kit/index.ts';

interface Server {
  readonly name: string;
  readonly args: (folder: string) => readonly string[];
  readonly call: (folder: string) => readonly [tool: string, args: Record<string, unknown>];
  readonly denied: string;
  /** What differs from run to run in a text. */
  readonly ignore?: RegExp;
}

const SERVERS: readonly Server[] = [
  {
    name: 'server-everything',
    args: () => [partFile('@modelcontextprotocol/server-everything/dist/index.js')],
    call: () => ['get-structured-content', { location: 'New York' }],
    denied: 'get-sum',
  },
  {
    name: 'server-filesystem',
    args: (folder) => [partFile('@modelcontextprotocol/server-filesystem/dist/index.js'), folder],
    call: (folder) => ['read_text_file', { path: join(folder, 'hello.txt') }],
    denied: 'write_file',
  },
  {
    name: 'server-memory',
    args: () => [partFile('@modelcontextprotocol/server-memory/dist/index.js')],
    call: () => ['read_graph', {}],
    denied: 'create_entities',
  },
  {
    name: 'context7-mcp',
    args: () => [partFile('@upstash/context7-mcp/dist/index.js')],
    call: () => ['query-docs', { libraryId: '/a/b', query: 'x' }],
    denied: 'resolve-library-id',
  },
];

const PLAYWRIGHT: Server = {
  name: '@playwright/mcp, driving Chromium',
  args: (folder) => [
    partFile('@playwright/mcp/cli.js'),
    '--output-dir',
    folder,
    '--headless',
    '--no-sandbox',
    '--isolated',
    '--executable-path',
    chromiumPath,
  ],
  call: () => ['browser_navigate', { url: 'data:text/html,<title>hello</title>' }],
  denied: 'browser_click',
  ignore: /[\w-]+\.(?:yml|md)/g,
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-servers-'));
  await writeFile(join(folder, 'hello.txt'), 'hello');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function start(args: readonly string[]): ReturnType<typeof v1StdioClient> {
  return v1StdioClient(process.execPath, args, {
    env: { PORTCULLIS_HOME: join(folder, 'home'), MEMORY_FILE_PATH: join(folder, 'memory.json') },
  });
}

async function wrapped(server: Server, policy: object): ReturnType<typeof v1StdioClient> {
  const file = join(folder, `${server.denied}.policy.json`);
  await writeFile(file, JSON.stringify(policy));
  return start([PROGRAM, 'wrap', '--policy', file, '--', process.execPath, ...server.args(folder)]);
}

async function isTheSame(server: Server): Promise<void> {
  const direct = await start(server.args(folder));
  const through = await wrapped(server, { version: '1', default: 'allow' });
  const text = (value: unknown): string => JSON.stringify(value).replace(server.ignore ?? /$^/, '');
  expect(text(await through.listTools())).toBe(text(await direct.listTools()));
  const [tool, args] = server.call(folder);
  expect(text(await through.callTool(tool, args))).toBe(text(await direct.callTool(tool, args)));
  await Promise.all([direct.close(), through.close()]);
}

async function isDenied(server: Server): Promise<void> {
  const client: ToolClient = await wrapped(server, {
    version: '1',
    default: 'allow',
    tools: { [server.denied]: { action: 'deny', reason: 'Not here.' } },
  });
  const answer = await client.callTool(server.denied);
  expect(answer.isError).toBe(true);
  expect(textOf(answer)).toBe('[POLICY DENIED] Not here.');
  await client.close();
}

describe.each(SERVERS)('$name', (server) => {
  it('lists and answers the same, key for key', () => isTheSame(server));
  it('is not asked what is denied', () => isDenied(server));
});

describe.skipIf(noChromium)(
  noChromium ? `${PLAYWRIGHT.name} (there is no Chromium)` : PLAYWRIGHT.name,
  () => {
    it('lists and answers the same, key for key', () => isTheSame(PLAYWRIGHT), 60_000);
    it('is not asked what is denied', () => isDenied(PLAYWRIGHT), 60_000);
  },
);
