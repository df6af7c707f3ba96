/**
 * What a page of the catalogue costs: CPU and bytes, without a network, over an index in memory, friendly and hostile.
 * Budget for a tool's page: 5 ms of CPU and 60 kB.
 *
 *     node bench/pages.mjs [--rounds 400]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const BUDGET = { milliseconds: 5, bytes: 60_000 };
const ROOT = join(import.meta.dirname, '..');
const { rounds } = parseArgs({ options: { rounds: { type: 'string', default: '400' } } }).values;

const folder = mkdtempSync(join(ROOT, 'node_modules', '.bench-pages-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const { samplePages, SAMPLES, HOSTILE, ENDLESS, HOSTILE_TOOLS, toolPath } = await bundled();

const pages = samplePages({ servers: [...SAMPLES, HOSTILE, ENDLESS] });
const paths = [
  ['tool', '/catalog/orgo-mcp/orgo_exec', true],
  ['tool, Markdown', '/catalog/orgo-mcp/orgo_exec.md', true],
  ['server of 28 tools', '/catalog/orgo-mcp'],
  ['search', '/catalog?q=orgo&show=tools'],
  ['attack', '/attacks/code-for-the-agent'],
  ...HOSTILE_TOOLS.map(({ name }) => [`hostile: ${name.slice(0, 20)}`, toolPath('hostile', name), true]),
  ['tool of 10,000', toolPath('endless', ENDLESS.definitions[5].name), true],
  ['server of 10,000 tools', '/catalog/endless'],
].filter(([, path]) => path !== undefined);

let failed = false;
console.log(`${'page'.padEnd(34)}${'CPU ms'.padStart(10)}${'kB'.padStart(8)}`);
for (const [name, path, counts] of paths) {
  const { milliseconds, bytes } = await measure(path, counts ? Number(rounds) : 20);
  const over = bytes > BUDGET.bytes || (counts && milliseconds > BUDGET.milliseconds);
  failed ||= over;
  const shown = name.replace(/[^\x20-\x7e]/g, '?');
  console.log(
    `${shown.padEnd(34)}${milliseconds.toFixed(2).padStart(10)}${(bytes / 1000).toFixed(1).padStart(8)}${over ? '  over budget' : ''}`,
  );
}
process.exitCode = failed ? 1 : 0;

async function measure(path, times) {
  let bytes = 0;
  for (let round = 0; round < Math.min(times, 20); round++) bytes = (await pages.read(path)).length;
  const before = process.cpuUsage();
  for (let round = 0; round < times; round++) bytes = Buffer.byteLength(await pages.read(path));
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: (user + system) / 1000 / times, bytes };
}

async function bundled() {
  const testing = 'src/catalog/pages/testing';
  const input = {
    pages: `${testing}/sample-pages.ts`,
    samples: `${testing}/samples.ts`,
    hostile: `${testing}/hostile-servers.ts`,
    paths: 'src/catalog/pages/page-paths.ts',
  };
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['@photostructure/sqlite', 'pg-native'] },
  });
  const parts = await Promise.all(Object.keys(input).map((name) => import(join(folder, `${name}.mjs`))));
  return Object.assign({}, ...parts);
}
