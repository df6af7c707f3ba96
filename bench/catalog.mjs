// Fills an index with made-up servers and tools, and measures searches over it.
// usage: node bench/catalog.mjs [--servers 45000] [--tools 500000] [--searches 2000] [--database URL] [--keep]
// --database takes sqlite:<path> or postgres://…; without it a SQLite file that is removed afterwards.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { madeUpServers, madeUpSearches } from './catalog-samples.mjs';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '45000' },
    tools: { type: 'string', default: '500000' },
    searches: { type: 'string', default: '2000' },
    database: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const work = mkdtempSync(join(tmpdir(), 'portcullis-catalog-'));
const file = join(work, 'catalog.db');
const vite = await createServer({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { openStore } = await vite.ssrLoadModule('/src/store/index.ts');
const { openCatalog } = await vite.ssrLoadModule('/src/catalog/index.ts');
const store = await openStore(values.database ?? `sqlite:${file}`);
const catalog = openCatalog(store);

await fill();
await measure();
await store.close();
if (values.keep) console.log(work);
else rmSync(work, { recursive: true, force: true });
await vite.close();
process.exit();

async function fill() {
  if ((await catalog.size()).servers > 0) return;
  const started = performance.now();
  let servers = 0;
  let tools = 0;
  for (const batch of madeUpServers(Number(values.servers), Number(values.tools), 200)) {
    await catalog.put(batch);
    servers += batch.length;
    tools += batch.reduce((sum, server) => sum + server.tools.length, 0);
    if (servers % 5000 === 0)
      console.log(
        `${servers} servers, ${tools} tools, ${seconds(started)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      );
  }
  await store.catalog.tidy();
  console.log(`filled in ${seconds(started)} s`);
  if (values.database === undefined) console.log(`file: ${Math.round(statSync(file).size / 1e6)} MB`);
}

async function measure() {
  const { searches: count } = values;
  const sizing = performance.now();
  console.log(JSON.stringify(await catalog.size()), `${(performance.now() - sizing).toFixed(2)} ms`);
  const byKind = new Map();
  for (const { kind, find, query, pages } of madeUpSearches(Number(count))) {
    let cursor;
    for (let page = 0; page < pages; page += 1) {
      const started = performance.now();
      const found = await catalog[find](query, { limit: 50, ...(cursor && { cursor }) });
      const took = performance.now() - started;
      byKind.set(kind, [...(byKind.get(kind) ?? []), { took, query, page, hits: found.items.length }]);
      cursor = found.nextCursor;
      if (!cursor) break;
    }
  }
  for (const [kind, all] of [...byKind, ['all', [...byKind.values()].flat()]]) {
    const sorted = all.toSorted((one, other) => one.took - other.took);
    const at = (part) =>
      sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].took.toFixed(1);
    const slowest = sorted.at(-1);
    console.log(
      `${kind.padEnd(24)} ${String(all.length).padStart(5)} searches  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  max ${slowest.took.toFixed(1)} ms ${JSON.stringify(slowest.query)} page ${slowest.page}`,
    );
  }
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
