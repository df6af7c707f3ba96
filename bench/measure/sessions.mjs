/** Memory with 1,000 open sessions, each on a connection of its own. */
import { MAIN, SCENARIOS } from '../plan.mjs';
import { stop } from '../process/children.mjs';
import { memoryOf } from '../process/usage.mjs';
import { load } from './load.mjs';
import { startUp, untilQuiet } from './start-up.mjs';

const SESSIONS = 1000;

/** @returns by target: `{ idle, loaded, each, bad }` in MB and KB, or `{ reason }` */
export async function measureSessions(context, targets, say) {
  const results = {};
  for (const target of targets) {
    say(`${SESSIONS} sessions: ${target.name}`);
    results[target.name] = await measureOne(context, target).catch((error) => ({ reason: error.message }));
  }
  return results;
}

async function measureOne(context, target) {
  const { child } = await startUp(target);
  try {
    await untilQuiet(child);
    const idle = memoryOf(child.pid, target.without);
    const how = { connections: SESSIONS, rate: 100, warm: 0.5, seconds: 2, core: 1 };
    const { memory, bad } = await load(context, target, child, SCENARIOS[MAIN], how);
    return { idle, loaded: memory, each: ((memory - idle) * 1024) / SESSIONS, bad };
  } finally {
    await stop(child);
  }
}
