/** One load on one running target: calls, latency, and what the target used for them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSED, REFUSED, requestsFor, scriptFor } from '../load/messages.mjs';
import { start, stop, untilSays } from '../process/children.mjs';
import { cpuOf, machineCpu, memoryOf } from '../process/usage.mjs';

/**
 * @param context `{ work, tools }`
 * @param scenario `{ era, bytes, denied, answers: 'json' | 'sse' }`
 * @param how `{ connections, rate, warm, warmCalls, seconds, core }`
 * @returns `{ calls, bad, p50, p99, perCall, rate, memory, machine }`: microseconds, megabytes; `machine` in cores
 */
export async function load({ work, tools }, target, child, scenario, how) {
  const path = target.paths[scenario.answers];
  const token =
    scenario.answers === 'sse' && target.token !== undefined && target.denies
      ? `${target.token}-sse`
      : target.token;
  const file = join(work, 'script');
  writeFileSync(file, scriptFor(requestsFor(scenario), { port: target.port, path, token }), 'latin1');
  const { connections = 32, rate = 0, warm, warmCalls = 0, seconds, core } = how;
  const right = scenario.denied ? REFUSED : PASSED;
  const args = [target.port, connections, rate, warm, seconds, right, file, warmCalls].map(String);
  const driver = start([...tools.load, ...args], { core });
  const used = () => (child === undefined ? 0 : cpuOf(child.pid, target.without));
  await untilSays(driver, 'warm');
  const before = { own: used(), machine: machineCpu(), at: performance.now() };
  await untilSays(driver, '"calls"');
  const after = { own: used(), machine: machineCpu(), at: performance.now() };
  const memory = child === undefined ? 0 : memoryOf(child.pid, target.without);
  const result = JSON.parse(driver.said.split('\n').find((line) => line.includes('"calls"')));
  driver.stdin.end();
  await stop(driver);
  return {
    ...result,
    perCall: (after.own - before.own) / Math.max(1, result.calls + result.bad),
    rate: result.calls / result.seconds,
    memory,
    machine: (after.machine - before.machine) / ((after.at - before.at) * 1000),
  };
}
