/**
 * `npm run bench [-- --quick]`: measures the gateway beside nginx, forwarders in Node and other gateways, and its policy engine
 * beside others, in one run, on loopback. README.md says how.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureEngines } from './engines/measure.mjs';
import { answersFor } from './load/messages.mjs';
import { loadTools } from './load/tools.mjs';
import { measureGrowth } from './measure/growth.mjs';
import { measureProxies } from './measure/proxies.mjs';
import { measureSessions } from './measure/sessions.mjs';
import { readOptions } from './plan.mjs';
import { start, stopAll, untilSays } from './process/children.mjs';
import { CACHE } from './process/install.mjs';
import { writeReport } from './report/write.mjs';
import { targetsFor } from './servers/targets.mjs';

const UPSTREAM_PORT = 9100;
const WITH_SESSIONS = ['forwarder with checks', 'portcullis', 'mcp-proxy'];

const options = readOptions();
const say = (text) => process.stderr.write(`${text}\n`);
const work = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
process.once('exit', () => {
  stopAll();
  rmSync(work, { recursive: true, force: true });
});
await main();
process.exit();

async function main() {
  const tools = loadTools(join(CACHE, 'load'));
  const answersFile = join(work, 'answers');
  writeFileSync(answersFile, answersFor(20));
  const context = { work, tools, cache: CACHE, upstreamPort: UPSTREAM_PORT, answersFile };
  const upstream = start([...tools.upstream, String(UPSTREAM_PORT), answersFile], { core: 1 });
  await untilSays(upstream, 'ready');

  const targets = targetsFor(context).filter(
    ({ name, isPeer }) => options.only?.includes(name) ?? !(options.quick && isPeer),
  );
  const does = (part) => options.parts.includes(part);
  const before = loadavg()[0];
  const { rounds, absent } = does('proxies')
    ? await measureProxies(context, targets, options, say)
    : { rounds: [], absent: {} };
  const present = targets.filter(({ name }) => absent[name] === undefined && WITH_SESSIONS.includes(name));
  const sessions = does('sessions') ? await measureSessions(context, present, say) : undefined;
  const growth = does('growth') ? await measureGrowth(context, options, say) : undefined;
  const engines = does('engines') ? await measureEngines(CACHE, options, say) : undefined;
  writeReport(
    { rounds, absent, sessions, engines, growth },
    { ...about(tools, does('proxies') ? targets : [], absent, before), quick: options.quick },
  );
}

function about(tools, targets, absent, before) {
  const versions = targets
    .filter(({ name, version }) => version !== undefined && absent[name] === undefined)
    .map(({ name, version }) => `${name} ${version()}`);
  const [first] = cpus();
  return {
    machine: `${first.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
    versions: [...versions, `load tool in ${tools.kind}`].join(', '),
    load: `Load average before the run ${before.toFixed(1)}, at its end ${loadavg()[0].toFixed(1)}.`,
  };
}
