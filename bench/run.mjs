// Measures the gateway beside nginx and beside the same Node program that only forwards, in one run, on loopback.
// usage: npm run bench -- [--rounds 5] [--seconds 4] [--warm 2] [--connections 32] [--pad 0] [--sse] [--denied]
// Prints CPU microseconds a call (user + system of the whole process tree) and the ratios within each round.
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    warm: { type: 'string', default: '2' },
    connections: { type: 'string', default: '32' },
    pad: { type: 'string', default: '0' },
    sse: { type: 'boolean', default: false },
    denied: { type: 'boolean', default: false },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const TICK_MICROSECONDS = 1e6 / Number(execFileSync('getconf', ['CLK_TCK']).toString());
const TOKEN = 'bench-token-0123456789abcdef';
const work = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
const running = new Set();

function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function untilPrints(child, text) {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes(text)) resolve(seen);
    });
    child.once('exit', (code) => reject(new Error(`exited with ${code} before it printed "${text}"`)));
  });
}

function stop(child) {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

// user + system ticks of a process and everything below it, from /proc
function ticks(pid) {
  const children = new Map();
  const own = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      own.set(Number(entry), Number(fields[11]) + Number(fields[12]));
      const parent = Number(fields[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // The process ended while we looked.
    }
  }
  const sum = (id) =>
    (own.get(id) ?? 0) + (children.get(id) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid);
}

const tools = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [
    `tool_${String(index).padStart(2, '0')}`,
    {
      require: [
        { conditions: [{ path: 'args.amount', op: 'lte', value: 1000 }] },
        { conditions: [{ path: 'args.path', op: 'starts_with', value: '/srv/' }] },
      ],
      deny_if: [{ conditions: [{ path: 'args.env', op: 'eq', value: 'production' }] }],
      limits: [{ counter: 'calls', window: 'minute', max: 1_000_000_000, scope: 'grant' }],
    },
  ]),
);
tools.tool_denied = { deny_if: [{ conditions: [], on_deny: 'Never.' }] };

const TARGETS = {
  nginx: {
    port: 9101,
    path: '/mcp',
    start: async () => {
      const conf = join(work, 'nginx.conf');
      writeFileSync(
        conf,
        `daemon off; master_process off; pid ${work}/nginx.pid; error_log /dev/null;
events { worker_connections 4096; }
http { access_log off; client_body_temp_path ${work}/b; proxy_temp_path ${work}/p; fastcgi_temp_path ${work}/f; uwsgi_temp_path ${work}/u; scgi_temp_path ${work}/s;
upstream up { server 127.0.0.1:9100; keepalive 128; }
server { listen 127.0.0.1:9101; keepalive_requests 10000000; location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } } }`,
      );
      const child = start('nginx', ['-c', conf, '-p', work]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return child;
    },
  },
  forward: {
    port: 9102,
    path: '/mcp',
    start: async () => {
      const child = start('taskset', [
        '-c',
        '0',
        process.execPath,
        join(here, 'forward.mjs'),
        '9102',
        'http://127.0.0.1:9100/mcp',
      ]);
      await untilPrints(child, 'ready');
      return child;
    },
  },
  portcullis: {
    port: 9103,
    path: '/mcp/bench',
    start: async () => {
      const home = mkdtempSync(join(work, 'home-'));
      const config = join(home, 'portcullis.yaml');
      writeFileSync(
        config,
        JSON.stringify({
          servers: [{ name: 'bench', url: 'http://127.0.0.1:9100/mcp' }],
          policies: [{ name: 'bench', server: 'bench', document: { version: '1', default: 'deny', tools } }],
          grants: [{ label: 'bench', server: 'bench', policy: 'bench', token: TOKEN }],
        }),
      );
      const env = {
        ...process.env,
        PORTCULLIS_HOME: home,
        PORTCULLIS_PORT: '9103',
        PORTCULLIS_LOG_LEVEL: 'error',
      };
      const flags = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${root}/bench/profiles`] : [];
      const child = start(
        'taskset',
        ['-c', '0', process.execPath, ...flags, join(root, 'bin/portcullis.js'), 'start'],
        { env },
      );
      await untilPrints(child, 'listening');
      return child;
    },
  },
};

async function measure(name) {
  const target = TARGETS[name];
  const child = await target.start();
  const kind = values.denied && name === 'portcullis' ? 'DENIED' : 'ALLOWED';
  const url = `http://127.0.0.1:${target.port}${target.path}`;
  const load = start('taskset', [
    '-c',
    '1',
    process.execPath,
    join(here, 'load.mjs'),
    url,
    TOKEN,
    values.connections,
    values.warm,
    values.seconds,
    kind,
    values.pad,
  ]);
  let before = 0;
  let result;
  let seen = '';
  load.stdout.on('data', (chunk) => {
    seen += chunk;
    if (before === 0 && seen.includes('warm')) before = ticks(child.pid);
    const line = seen.split('\n').find((text) => text.includes('calls'));
    if (line !== undefined && result === undefined)
      result = { ...JSON.parse(line), ticks: ticks(child.pid) - before };
  });
  await new Promise((resolve) => load.once('exit', resolve));
  const memory =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  await stop(child);
  return {
    name,
    cpu: (result.ticks * TICK_MICROSECONDS) / result.calls,
    rate: result.calls / Number(values.seconds),
    memory,
    ...result,
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function main() {
  const upstream = start('taskset', [
    '-c',
    '1',
    process.execPath,
    join(here, 'upstream.mjs'),
    '9100',
    values.sse ? 'sse' : 'json',
  ]);
  await untilPrints(upstream, 'ready');
  const names = Object.keys(TARGETS).filter(
    (name) => values.only === undefined || values.only.split(',').includes(name),
  );
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const results = {};
    for (const name of round % 2 === 0 ? names : names.toReversed()) results[name] = await measure(name);
    rounds.push(results);
  }
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  const rows = names.map((name) => {
    const of = (pick) => median(rounds.map((results) => pick(results[name], results)));
    const ratio = (other) =>
      names.includes(other) ? of((one, all) => one.cpu / all[other].cpu).toFixed(2) : '–';
    const bad = rounds.reduce((sum, results) => sum + results[name].bad, 0);
    const cells = [
      name,
      of((one) => one.cpu).toFixed(1),
      ratio('nginx'),
      ratio('forward'),
      of((one) => one.rate).toFixed(0),
      `${of((one) => one.p50)} / ${of((one) => one.p99)}`,
      of((one) => one.memory).toFixed(0),
      bad,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const table = [
    '| target | CPU µs a call | × nginx | × forward | calls/s | p50 / p99 µs | RSS MB | bad |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  console.log(
    `\n${machine}, ${values.rounds} rounds, ${values.connections} connections, pad ${values.pad}\n${table}`,
  );
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(
    join(root, 'reports/bench.json'),
    JSON.stringify({ name: 'bench', at: new Date().toISOString(), machine, table }),
  );
  await stop(upstream);
}

try {
  await main();
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
