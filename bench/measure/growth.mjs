/** Whether a call costs the same with few and with many tools and grants: pairs within each round, ratios of pairs. */
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersFor, sharedPolicyFor } from '../load/messages.mjs';
import { MAIN, SCENARIOS } from '../plan.mjs';
import { start, stop, untilSays } from '../process/children.mjs';
import { newHome, startPortcullis, TOKEN } from '../servers/targets.mjs';
import { load } from './load.mjs';
import { startUp, untilQuiet } from './start-up.mjs';

const PORT = 9120;
const SIZES = { tools: [20, 2000], grants: [10, 100_000] };

/** @returns `{ tools, grants }`, each `{ sizes, few, many }`: microseconds a call, one of each a round; start-up likewise */
export async function measureGrowth(context, { quick, rounds, seconds }, say) {
  const results = {};
  for (const [what, sizes] of Object.entries(SIZES)) {
    const [few, many] = [[], []];
    const targets = [];
    for (const size of sizes) targets.push(await prepare(context, what, size));
    for (let round = 0; round < (quick ? 1 : Math.min(3, rounds)); round += 1)
      for (const [index, target] of targets.entries()) {
        say(`${sizes[index].toLocaleString('en')} ${what}, round ${round + 1}`);
        (index === 0 ? few : many).push(await measureOne(context, target, Math.max(1, seconds)));
      }
    results[what] = { sizes, few, many };
    for (const { upstream } of targets) await stop(upstream);
  }
  return results;
}

/** An upstream with so many tools, and a home whose policy names them all; or so many grants beside the one that calls. */
async function prepare({ work, tools }, what, size) {
  const count = what === 'tools' ? size : 20;
  const port = PORT + 1 + Math.round(Math.log10(size)) + (what === 'tools' ? 10 : 0);
  const answers = join(work, `answers-${count}`);
  writeFileSync(answers, answersFor(count));
  const upstream = start([...tools.upstream, String(port), answers], { core: 1 });
  await untilSays(upstream, 'ready');
  const home = newHome(work, `http://127.0.0.1:${port}`, sharedPolicyFor(count), ['bench']);
  const target = {
    port: PORT,
    token: TOKEN,
    denies: true,
    paths: { json: '/mcp/bench' },
    upstream,
    start: () => startPortcullis(home, PORT),
  };
  if (what === 'grants') {
    await stop((await startUp(target)).child);
    addGrants(join(home, 'portcullis.db'), size);
  }
  return target;
}

async function measureOne(context, target, seconds) {
  const { child, milliseconds } = await startUp(target, 120_000);
  try {
    await untilQuiet(child);
    const { perCall, bad } = await load(context, target, child, SCENARIOS[MAIN], {
      warm: seconds,
      warmCalls: 5000,
      seconds,
      core: 1,
    });
    return { perCall, bad, milliseconds };
  } finally {
    await stop(child);
  }
}

/** Copies of the first grant under other tokens, in the database of a gateway that does not run. */
function addGrants(file, size) {
  const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite');
  const database = new DatabaseSync(file);
  const columns = database
    .prepare('PRAGMA table_info(grants)')
    .all()
    .map(({ name }) => name);
  const copied = columns.map(
    (name) =>
      ({
        id: "'copy-' || n.i",
        label: "'copy ' || n.i",
        token_hash: "printf('%064x', n.i)",
        source: "'api'",
      })[name] ?? `g.${name}`,
  );
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${size - 1})
    INSERT INTO grants (${columns.join()}) SELECT ${copied.join()} FROM n, (SELECT * FROM grants LIMIT 1) g`);
  database.close();
}
