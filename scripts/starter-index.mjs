#!/usr/bin/env node
/**
 * Makes `src/catalog/starter/servers.json`: installs each npm server of `starter-servers.json` without its install scripts
 * in a folder of its own, starts it with a clean environment, asks for its tools through the product's own upstream code,
 * and writes down names, parameters and judgements. Nothing of a server's prose is kept. A server that does not answer
 * keeps the entry that it had.
 *
 *   node scripts/starter-index.mjs [package …]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const TARGET = join(ROOT, 'src/catalog/starter/servers.json');
const LIST = JSON.parse(readFileSync(join(import.meta.dirname, 'starter-servers.json'), 'utf8'));
const INSTALL_MS = 180_000;
const PROBE_MS = 40_000;
const only = new Set(process.argv.slice(2));

const vite = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { createUpstream, createAddressGuard, probe } = await vite.ssrLoadModule('/src/upstreams/index.ts');
const { describeServer } = await vite.ssrLoadModule('/src/catalog/starter/describe-server.ts');
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

const entries = new Map(JSON.parse(readFileSync(TARGET, 'utf8')).map((server) => [server.package, server]));
for (const server of LIST) {
  if (only.size > 0 && !only.has(server.package)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-starter-'));
  try {
    const entry = await ask(server, folder);
    entries.set(entry.package, entry);
    console.log(`${entry.package} ${entry.version}: ${entry.tools.length} tools`);
    write();
  } catch (error) {
    console.log(`${server.package}: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}
await vite.close();
process.exit();

async function ask({ package: name, args = [], env = {}, bin }, folder) {
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const clean = { PATH: process.env.PATH, HOME: home, npm_config_nodedir: '/usr' };
  const installed = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', name],
    {
      cwd: folder,
      env: clean,
      encoding: 'utf8',
      timeout: INSTALL_MS,
    },
  );
  if (installed.status !== 0) throw new Error(`cannot be installed: ${installed.stderr.slice(-200)}`);
  const own = join(folder, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  const upstream = createUpstream(
    {
      transport: 'stdio',
      command: [
        process.execPath,
        join(own, binOf(manifest, bin)),
        ...args.map((one) => one.replace('{folder}', home)),
      ],
      env: { HOME: home, USER: 'starter', LOGNAME: 'starter', ...env },
      cwd: home,
    },
    {
      name,
      guard: createAddressGuard({ allowPrivate: false }),
      logger: SILENT,
      clock: () => performance.now(),
    },
  );
  try {
    const { tools } = await probe(upstream, { timeoutMs: PROBE_MS });
    if (tools.length === 0) throw new Error('lists no tools');
    const { repository, description } = manifest;
    return describeServer({
      package: name,
      version: manifest.version,
      description,
      repository: typeof repository === 'object' ? repository?.url : repository,
      seen: new Date().toISOString().slice(0, 10),
      tools: tools.map(({ value }) => value),
    });
  } finally {
    await upstream.stop();
  }
}

function binOf({ name, bin }, wanted) {
  if (typeof bin === 'string') return bin;
  const own = wanted ?? name.split('/').at(-1);
  const path = bin?.[own] ?? Object.values(bin ?? {})[0];
  if (path === undefined) throw new Error('has no command');
  return path;
}

/** A line a server: differences can be read. */
function write() {
  const sorted = [...entries.values()].toSorted((one, other) => (one.package < other.package ? -1 : 1));
  writeFileSync(TARGET, `[\n${sorted.map((server) => JSON.stringify(server)).join(',\n')}\n]\n`);
}
