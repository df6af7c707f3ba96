/**
 * The official conformance suite, directly and with the gateway in allow-all mode between: server scenarios against the
 * dual-era fixture, and those client scenarios that need no authorization. Both ways must score the same, and all that the
 * revision requires must pass. usage: npm run test:conformance
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run/folders.mjs';
import { freePort } from '../../scripts/run/parts/free-port.mjs';
import { promisesOf } from '../../scripts/run/reports.mjs';
import { bearerAdder } from './bearer-adder.mjs';
import { PATH, start, startGateway, TOKEN } from './gateway.mjs';
import { askClient, askServer, install } from './suite.mjs';

const SERVER_SCENARIOS = { '2025-11-25': 30, '2026-07-28': 37 };
const CLIENT_SCENARIOS = {
  '2025-11-25': ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'],
  '2026-07-28': [
    'tools_call',
    'request-metadata',
    'sep-2322-client-request-state',
    'http-standard-headers',
    'http-custom-headers',
    'http-invalid-tool-headers',
    'json-schema-ref-no-deref',
  ],
};

const tally = { passed: 0, failed: 0 };
const figures = {};

function judge(what, required, direct, through) {
  const passing = through.lines.filter((line) => line.startsWith('✓')).length;
  const same = JSON.stringify(direct.lines) === JSON.stringify(through.lines);
  const enough = required === undefined ? through.lines.length > 0 : passing >= required;
  const good = direct.exitCode === 0 && through.exitCode === 0 && same && enough;
  tally[good ? 'passed' : 'failed'] += 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}: the same through the gateway as without it`);
  const telling = (line) => /^Total|^Passed/.test(line) || !direct.lines.includes(line);
  for (const line of through.lines.filter(telling)) console.log(`     ${line}`);
  if (!good) for (const line of direct.lines.filter(telling)) console.log(`     without it: ${line}`);
}

async function serverScenarios(work) {
  const fixturePort = await freePort();
  const fixture = await start('tests/fixtures/everything.mjs', [], { PORT: String(fixturePort) });
  const gateway = await startGateway(`http://127.0.0.1:${fixturePort}/mcp`);
  const doorPort = await freePort();
  const door = await bearerAdder(doorPort, gateway.port, PATH, TOKEN);
  try {
    for (const [revision, required] of Object.entries(SERVER_SCENARIOS)) {
      const direct = await askServer(`http://localhost:${fixturePort}/mcp`, revision, join(work, 'direct'));
      const through = await askServer(`http://localhost:${doorPort}/mcp`, revision, join(work, 'through'));
      figures[`server scenarios required of ${revision}`] = required;
      judge(`${revision}, all ${required} required server scenarios`, required, direct, through);
    }
  } finally {
    door.close();
    fixture.kill('SIGKILL');
    await gateway.stop();
  }
}

async function clientScenarios(work) {
  for (const [revision, scenarios] of Object.entries(CLIENT_SCENARIOS))
    for (const scenario of scenarios) {
      const direct = await askClient('client.mjs', scenario, revision, work);
      const through = await askClient('client-through-gateway.mjs', scenario, revision, work);
      judge(`${revision}, client scenario ${scenario}`, undefined, direct, through);
    }
}

function report() {
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  const cases = tally.passed + tally.failed;
  const about = { name: 'conformance', promises: promisesOf('conformance'), at: new Date().toISOString() };
  const text = JSON.stringify({ ...about, long: true, cases, ...tally, skipped: [], figures }, null, 2);
  writeFileSync(join(ROOT, 'reports/conformance.json'), `${text}\n`);
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('skipped: the Node 22 that the suite needs comes from npm for Linux on x64 only');
  console.log('0 passed, 0 failed, 1 skipped');
} else {
  const work = mkdtempSync(join(tmpdir(), 'portcullis-conformance-'));
  try {
    install();
    await serverScenarios(work);
    await clientScenarios(work);
    report();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
}
