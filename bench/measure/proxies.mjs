/** Rounds over all targets, forward and backward in turn: each is started, loaded in every way, and stopped. */
import { MAIN, SCENARIOS, scenariosFor } from '../plan.mjs';
import { stop, unpin } from '../process/children.mjs';
import { memoryOf } from '../process/usage.mjs';
import { load } from './load.mjs';
import { startUp, untilQuiet } from './start-up.mjs';

const RATE = 1000;
/** Until the compiler has seen the path of a call often enough; what another kind of call does beside it, too. */
const WARM_CALLS = 10_000;
const KIND_WARM_CALLS = 4000;
const QUICK_WARM_CALLS = 1000;

/** @returns `{ rounds, absent }`: results by target in each round, and why others are missing */
export async function measureProxies(context, targets, options, say) {
  const absent = {};
  const present = [];
  for (const target of targets) {
    const reason = target.lacks?.();
    if (reason === undefined) present.push(target);
    else absent[target.name] = reason;
  }
  const rounds = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const results = { direct: await measureDirect(context, options) };
    for (const target of round % 2 === 0 ? present : present.toReversed()) {
      if (absent[target.name] !== undefined) continue;
      say(`round ${round + 1} of ${options.rounds}: ${target.name}`);
      try {
        results[target.name] = await measureOne(context, target, options);
      } catch (error) {
        absent[target.name] = error.message;
      }
    }
    rounds.push(results);
  }
  return { rounds, absent };
}

async function measureDirect(context, options) {
  const target = { port: context.upstreamPort, paths: { json: '/mcp', sse: '/sse' } };
  const scenarios = { [MAIN]: await load(context, target, undefined, SCENARIOS[MAIN], full(options, true)) };
  const pinned = await load(context, target, undefined, SCENARIOS['350 B'], fixed(options, 1));
  const shared = await load(context, target, undefined, SCENARIOS['350 B'], fixed(options));
  return { scenarios, pinned, shared };
}

async function measureOne(context, target, options) {
  const { child, milliseconds } = await startUp(target);
  try {
    await untilQuiet(child);
    const idle = memoryOf(child.pid, target.without);
    const scenarios = {};
    for (const [name, scenario] of scenariosFor(target, options))
      scenarios[name] = await load(context, target, child, scenario, full(options, name === MAIN));
    const loaded = memoryOf(child.pid, target.without);
    const at = (core) => load(context, target, child, SCENARIOS['350 B'], fixed(options, core));
    const pinned = await at(1);
    unpin(child);
    const shared = await at();
    return { milliseconds, idle, loaded, scenarios, pinned, shared };
  } finally {
    await stop(child);
  }
}

const full = ({ seconds, quick }, first) => ({
  warm: first ? seconds : 0.3,
  warmCalls: first ? WARM_CALLS : quick ? QUICK_WARM_CALLS : KIND_WARM_CALLS,
  seconds,
  core: 1,
});
const fixed = ({ seconds }, core) => ({ rate: RATE, warm: 0.3, seconds, core });
