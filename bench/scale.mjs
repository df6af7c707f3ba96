// Fills a data directory with a large installation, starts the gateway on it, and measures every list of the REST API.
// usage: node bench/scale.mjs [--servers 200] [--tools 20000] [--grants 2000] [--decisions 5000000] [--rounds 40] [--home DIR] [--database URL]
// With --home the directory is kept, and a fill goes on from where it was. Fails when a p95 is above 200 ms.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { fill } from './scale-fill.mjs';

const BUDGET_MS = 200;
/** Of the times in /proc. */
const TICK_MS = 10;
const KEY = 'bench_key_of_the_scale_script';
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '200' },
    tools: { type: 'string', default: '20000' },
    grants: { type: 'string', default: '2000' },
    decisions: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '40' },
    port: { type: 'string', default: '18093' },
    home: { type: 'string' },
    database: { type: 'string' },
  },
});
const home = values.home ?? mkdtempSync(join(tmpdir(), 'portcullis-scale-'));
const base = `http://127.0.0.1:${values.port}`;
mkdirSync(home, { recursive: true });

await filled();
const gateway = spawn(process.execPath, [join(ROOT, 'bin/portcullis.js'), 'start'], {
  env: {
    ...process.env,
    PORTCULLIS_HOME: home,
    PORTCULLIS_PORT: values.port,
    PORTCULLIS_ADMIN_KEY: KEY,
    PORTCULLIS_LOG_LEVEL: 'error',
    ...(values.database && { PORTCULLIS_DATABASE_URL: values.database }),
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(gateway, 'exit');
try {
  await ready();
  const fits = [await measure(), await measureChanges()];
  process.exitCode = fits.every(Boolean) ? 0 : 1;
} finally {
  gateway.kill('SIGTERM');
  await ended;
  if (values.home === undefined) rmSync(home, { recursive: true, force: true });
}

async function filled() {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const { servers, tools, grants, decisions } = values;
  await fill((path) => vite.ssrLoadModule(path), {
    home,
    database: values.database,
    servers: Number(servers),
    tools: Number(tools),
    grants: Number(grants),
    decisions: Number(decisions),
  });
  await vite.close();
  const file = join(home, 'portcullis.db');
  if (existsSync(file)) console.log(`file: ${Math.round(statSync(file).size / 1e6)} MB`);
}

async function ready() {
  for (let tries = 0; tries < 600; tries += 1) {
    if (gateway.exitCode !== null) throw new Error('the gateway did not start');
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the gateway did not become ready');
}

async function measure() {
  const paths = await lists();
  console.log(
    `${'list'.padEnd(64)}${'p50'.padStart(8)}${'p95'.padStart(8)}${'max'.padStart(8)}${'cpu'.padStart(8)}${'kB'.padStart(8)}`,
  );
  let fits = true;
  for (const [name, path] of paths) {
    const times = [];
    const before = cpuMs();
    let bytes = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const started = performance.now();
      bytes = (await read(path)).length;
      times.push(performance.now() - started);
    }
    times.sort((one, other) => one - other);
    const at = (share) => times[Math.ceil(share * times.length) - 1];
    const over = at(0.95) > BUDGET_MS;
    fits &&= !over;
    const cpu = (cpuMs() - before) / times.length;
    const figures = [at(0.5), at(0.95), times.at(-1), cpu].map((ms) => ms.toFixed(1).padStart(8)).join('');
    console.log(
      `${name.padEnd(64)}${figures}${(bytes / 1000).toFixed(0).padStart(8)}${over ? '  over' : ''}`,
    );
  }
  return fits;
}

/** What is asked for directly after a grant was minted, and how long others waited for their answers meanwhile: the event loop's own time. */
async function measureChanges() {
  const watch = { stopped: false };
  let longest = 0;
  const others = (async () => {
    for (; !watch.stopped; await new Promise((resolve) => setTimeout(resolve, 2))) {
      const began = performance.now();
      await fetch(`${base}/healthz`).then((answer) => answer.text());
      longest = Math.max(longest, performance.now() - began);
    }
  })();
  let fits = true;
  console.log(
    `${'directly after a mint'.padEnd(64)}${'p50'.padStart(8)}${'p95'.padStart(8)}${'max'.padStart(8)}${'other'.padStart(8)}`,
  );
  for (const path of [
    'mint',
    '/inventory',
    '/grants',
    '/grants?text=person+4321',
    '/grants?text=nobody+at+all',
    '/servers/server-0100/grants',
  ]) {
    const times = [];
    longest = 0;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      let began = performance.now();
      await mint(`minted ${round}`);
      if (path !== 'mint') {
        began = performance.now();
        await read(`/api/v1${path}`);
      }
      times.push(performance.now() - began);
    }
    times.sort((one, other) => one - other);
    const p95 = times[Math.ceil(0.95 * times.length) - 1];
    fits &&= p95 <= BUDGET_MS;
    const figures = [times[Math.ceil(times.length / 2) - 1], p95, times.at(-1), longest];
    console.log(
      `${path.padEnd(64)}${figures.map((ms) => ms.toFixed(1).padStart(8)).join('')}${p95 > BUDGET_MS ? '  over' : ''}`,
    );
  }
  watch.stopped = true;
  await others;
  return fits;
}

async function mint(label) {
  const answer = await fetch(`${base}/api/v1/servers/server-0100/grants`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label }),
  });
  if (!answer.ok) throw new Error(`mint: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
  await answer.text();
}

/** Ms of CPU that the gateway has had: what a machine that does other work cannot stretch. NaN without Linux. */
function cpuMs() {
  const stat = `/proc/${gateway.pid}/stat`;
  if (!existsSync(stat)) return Number.NaN;
  const [user, system] = readFileSync(stat, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * TICK_MS;
}

/** Every list that the API describes, and the filters of those that grow. */
async function lists() {
  const { paths } = JSON.parse(await read('/openapi.json'));
  const decision = JSON.parse(await read('/api/v1/decisions?limit=1')).items[0];
  const values = { id: 'server-0100', slug: 'none', tool: 'none' };
  const plain = Object.entries(paths)
    .filter(
      ([path, { get }]) => get !== undefined && !path.endsWith('/stream') && !path.includes('/catalog/'),
    )
    .map(([path]) => path)
    .filter(
      (path) => !path.includes('{') || /^\/(api\/v1\/)?servers\/\{id\}\/(tools|policies|grants)$/.test(path),
    )
    .map((path) => {
      const place = path.replace(/\{(\w+)\}/g, (_, name) => values[name]);
      return [path, place.startsWith('/api/v1') ? place : `/api/v1${place}`];
    });
  const day = 86_400_000;
  const ago = (days) => new Date(Date.now() - days * day).toISOString();
  const filters = {
    'limit=500': 'limit=500',
    'server, busy': 'server=server-0000',
    'server, quiet': 'server=server-0199',
    'grant, busy': 'grant=grant-0-0',
    'grant, quiet': 'grant=grant-199-9',
    tool: 'tool=tool_0011',
    'outcome, usual': 'outcome=allow',
    'outcome, rare': 'outcome=error',
    'server, tool and outcome': 'server=server-0150&tool=tool_0003&outcome=deny',
    'of one day': `from=${ago(45)}&to=${ago(44)}`,
    'of a grant in one week': `grant=grant-100-3&from=${ago(60)}&to=${ago(53)}`,
    'nothing found': 'grant=nobody',
    'server and outcome that seldom meet': 'server=server-0199&outcome=error',
  };
  const decisions = Object.entries(filters).map(([name, query]) => [
    `/decisions, ${name}`,
    `/api/v1/decisions?${query}`,
  ]);
  const deep = JSON.parse(await read(`/api/v1/decisions?to=${ago(80)}&limit=50`)).nextCursor;
  if (deep !== null) decisions.push(['/decisions, a page far back', `/api/v1/decisions?cursor=${deep}`]);
  decisions.push(['/decisions/{id}', `/api/v1/decisions/${decision.id}`]);
  const grants = [
    'server=server-0100',
    'server=server-0199&state=ending',
    'policy=policy-100',
    'policy=none',
    'state=active&limit=100',
    'state=expired',
    'state=revoked&limit=500',
    'text=person+4321',
    'text=Server+150',
    'text=nobody+at+all',
  ].map((query) => [`/grants, ${query}`, `/api/v1/grants?${query}`]);
  const stats = ['server', 'grant', 'tool', 'rule', 'outcome'].flatMap((by) => [
    [`/stats by ${by}, a day`, `/api/v1/stats?by=${by}`],
    [`/stats by ${by}, 90 days`, `/api/v1/stats?by=${by}&from=${ago(89)}`],
  ]);
  return [...plain, ...grants, ...decisions, ...stats];
}

async function read(path) {
  const answer = await fetch(base + path, { headers: { authorization: `Bearer ${KEY}` } });
  const text = await answer.text();
  // An API key has no person, so what is about a person has no answer for it.
  if (!answer.ok && answer.status !== 403) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
  return text;
}
