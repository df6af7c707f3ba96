import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../store/index.ts';
import { createAddressGuard } from '../../upstreams/index.ts';
import { openCatalog } from '../library/open-catalog.ts';
import type { Catalog } from '../library/types.ts';
import { openImport, type ImportOptions, type ImportResult } from './open-import.ts';

interface Opened {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly folder: string;
  write(name: string, content: unknown): Promise<string>;
  run(options: Pick<ImportOptions, 'format' | 'from'> & Partial<ImportOptions>): Promise<ImportResult>;
}

async function open(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-import-'));
  const store = await openStore('sqlite::memory:');
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const catalog = openCatalog(store);
  const guard = createAddressGuard({ allowPrivate: true });
  return {
    store,
    catalog,
    folder,
    async write(name, content) {
      const path = join(folder, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    run: (options) => openImport({ store, catalog, guard, now: 1_000, ...options }),
  };
}

/** A registry of 250 servers, 100 a page; `broken` pages fail. */
async function registry(): Promise<{ url: string; asked: string[]; broken: Set<string> }> {
  const asked: string[] = [];
  const broken = new Set<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url.search);
    const start = Number(url.searchParams.get('cursor') ?? 0);
    if (broken.has(String(start))) return response.writeHead(503).end();
    const since = url.searchParams.get('updated_since') !== null;
    const names = Array.from({ length: since ? 1 : Math.min(100, 250 - start) }, (_, index) => start + index);
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        servers: names.map((number) => ({
          server: {
            name: `io.github.acme/server-${number}`,
            description: 'One of many',
            version: '1.0.0',
            packages: [
              { registryType: 'npm', identifier: `@acme/server-${number}`, transport: { type: 'stdio' } },
            ],
          },
          _meta: {
            'io.modelcontextprotocol.registry/official': { status: 'active', isLatest: number !== 7 },
          },
        })),
        metadata: {
          count: names.length,
          ...(!since && start + 100 < 250 && { nextCursor: String(start + 100) }),
        },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, broken };
}

it('reads a registry page by page, goes on where it was interrupted, then asks for changes only', async () => {
  const { run, catalog } = await open();
  const { url, asked, broken } = await registry();
  broken.add('200');
  await expect(run({ format: 'registry', from: url })).rejects.toMatchObject({
    code: 'PC_UPSTREAM_PROTOCOL',
  });
  expect((await catalog.size()).servers).toBe(199);
  broken.clear();
  expect(await run({ format: 'registry', from: url, now: 2_000 })).toMatchObject({
    servers: 50,
    resumedAt: '200',
  });
  expect(await catalog.server('io-github-acme-server-42')).toMatchObject({
    title: 'io.github.acme/server-42',
    language: 'typescript',
    transports: ['stdio'],
    packages: [{ registry: 'npm', name: '@acme/server-42', version: null }],
    provenance: [{ source: 'registry', url: `${url}/v0/servers/io.github.acme%2Fserver-42` }],
  });
  expect(await catalog.server('io-github-acme-server-7')).toBeUndefined();
  const again = await run({ format: 'registry', from: url, now: 3_000 });
  // What changed while the first import ran is asked for, too.
  expect(again).toMatchObject({ servers: 1, since: new Date(1_000).toISOString() });
  expect(asked.at(-1)).toContain('updated_since=1970-01-01T00%3A00%3A01.000Z');
  expect((await catalog.size()).servers).toBe(249);
});

it('reads a server.json, and names each member that is not right', async () => {
  const { run, write, catalog } = await open();
  const good = {
    name: 'com.acme/mail',
    title: 'Acme Mail',
    version: '2.0.0',
    repository: { url: 'https://github.com/acme/tools', subfolder: 'mail' },
    packages: [{ registryType: 'oci', identifier: 'ghcr.io/acme/mail:2.0.0' }],
    remotes: [{ type: 'streamable-http', url: 'https://mail.acme.example/mcp' }],
  };
  await run({ format: 'server-json', from: await write('good.json', good) });
  expect(await catalog.server('com-acme-mail')).toMatchObject({
    title: 'Acme Mail',
    transports: ['stdio', 'http'],
    packages: [{ registry: 'oci', name: 'ghcr.io/acme/mail' }],
    repository: 'https://github.com/acme/tools/tree/HEAD/mail',
  });
  const bad = await write('bad.json', { ...good, name: 7, remotes: { type: 'sse' } });
  await expect(run({ format: 'server-json', from: bad })).rejects.toMatchObject({
    code: 'PC_IMPORT_INVALID',
    problems: [{ pointer: '/name' }, { pointer: '/remotes' }],
  });
  await expect(run({ format: 'server-json', from: await write('no.json', '{"a":') })).rejects.toMatchObject({
    code: 'PC_IMPORT_INVALID',
  });
  await expect(run({ format: 'server-json', from: '/nowhere.json' })).rejects.toThrow(
    /cannot be read \(ENOENT\)/,
  );
});

it('reads a list of packages line by line, and says which lines it left out', async () => {
  const { run, write, catalog } = await open();
  const lines = [
    { registry: 'npm', name: '@acme/mail', version: '1.0.0', summary: 'Mail', downloadsPerMonth: 9 },
    'not JSON',
    { registry: 'gem', name: 'mail' },
    { registry: 'pypi', name: 'acme-mail', downloadsPerMonth: -1 },
    { registry: 'pypi', name: 'acme-calendar' },
  ].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const problems: (number | undefined)[] = [];
  const from = await write('list.jsonl', `${lines.join('\n')}\n`);
  const progress: ImportOptions['progress'] = (_, some) => problems.push(...some.map(({ line }) => line));
  expect(await run({ format: 'packages', from, progress })).toMatchObject({ servers: 2, problems: 3 });
  expect(problems).toEqual([2, 3, 4]);
  expect(await catalog.server('acme-mail')).toMatchObject({
    uses: 9,
    language: 'typescript',
    description: 'Mail',
  });
});

it('goes on with a list of packages after the last line that was stored', async () => {
  const { run, write, catalog } = await open();
  const list = Array.from({ length: 1_200 }, (_, index) =>
    JSON.stringify({ registry: 'npm', name: `server-${index}` }),
  );
  const from = await write('list.jsonl', list.join('\n'));
  const stop = new AbortController();
  await run({ format: 'packages', from, signal: stop.signal, progress: () => stop.abort() });
  expect((await catalog.size()).servers).toBe(500);
  expect(await run({ format: 'packages', from })).toMatchObject({ servers: 700, resumedAt: '500' });
  expect((await catalog.size()).servers).toBe(1_200);
  expect(await run({ format: 'packages', from })).toMatchObject({ servers: 1_200, resumedAt: null });
});

it('reads a checkout of the Docker registry with the tools that were captured', async () => {
  const { run, write, catalog, folder } = await open();
  await write(
    'servers/mail/server.yaml',
    'name: mail\nimage: mcp/mail\ntype: server\nabout:\n  title: Mail\n  description: Mails\nsource:\n  project: https://github.com/acme/mail\n',
  );
  await write('servers/mail/tools.json', [
    {
      name: 'send_mail',
      description: 'Sends a mail.',
      arguments: [{ name: 'to', type: 'string', desc: 'To whom' }],
    },
  ]);
  await write('servers/broken/server.yaml', 'name: [\n');
  expect(await run({ format: 'docker', from: folder })).toMatchObject({ servers: 1, tools: 1, problems: 1 });
  expect(await catalog.tool('mail', 'send_mail')).toMatchObject({
    parameters: [{ name: 'to', type: 'string', required: true }],
    assessment: { class: 'Write' },
  });
});

it('reads a captured list of tools in each of its forms', async () => {
  const { run, write, catalog } = await open();
  const tools = [{ name: 'list_mails', description: 'Lists mails.' }];
  for (const [index, document] of [
    { tools },
    tools,
    { jsonrpc: '2.0', id: 1, result: { tools } },
    { name: 'mail', version: '1.0.0', tools },
  ].entries()) {
    const from = await write(`${index}.json`, document);
    await run({ format: 'tools-list', from, slug: `mail-${index}`, name: 'Mail' });
    expect(await catalog.server(`mail-${index}`)).toMatchObject({ title: 'Mail', toolCount: 1 });
  }
  const nameless = await write('nameless.json', { tools: [{ name: 'x' }, { title: 'y' }] });
  await expect(run({ format: 'tools-list', from: nameless })).rejects.toMatchObject({
    problems: [{ pointer: '/tools/1/name' }],
  });
  await expect(run({ format: 'tools-list', from: await write('t.json', { tools }) })).rejects.toThrow(
    /--name/,
  );
});

it('reads the report of a scan', async () => {
  const { run, write, catalog } = await open();
  const report = {
    version: 1,
    servers: [
      {
        name: 'mail',
        transport: 'stdio',
        origin: 'npx -y @acme/mail@1.2.0 --quiet',
        status: 'asked',
        tools: [
          {
            name: 'send_mail',
            class: 'Write',
            severity: 'Medium',
            confidence: 0.9,
            signals: ['sends-data-out'],
            evidence: [{ place: 'name', words: 'send', says: 'Write', weight: 0.9 }],
          },
        ],
      },
      { name: 'silent', transport: 'http', origin: 'https://x.example', status: 'failed', tools: [] },
    ],
  };
  expect(await run({ format: 'scan', from: await write('scan.json', report) })).toMatchObject({
    servers: 1,
    tools: 1,
  });
  expect(await catalog.find('npm:@acme/mail')).toMatchObject({ slug: 'mail', classes: { Write: 1 } });
  expect(await catalog.tool('mail', 'send_mail')).toMatchObject({ assessment: { confidence: 0.9 } });
});
