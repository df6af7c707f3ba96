/** Decisions a second and core: CPU of this process, each engine once a round, after it has agreed with every expected verdict. */
import { otherEngines } from './others.mjs';
import { ownEngines } from './portcullis.mjs';

/** @returns `{ rows: { name: [CPU nanoseconds a decision, one a round] }, absent }` */
export async function measureEngines(cache, { quick, rounds }, say) {
  const others = await otherEngines(cache);
  const engines = [...(await ownEngines()), ...others.engines];
  for (const { name, decide, cases } of engines)
    for (const one of cases)
      if ((await decide(one)) !== one.allowed)
        throw new Error(`${name} decides ${JSON.stringify(one)} otherwise`);
  const rows = Object.fromEntries(engines.map(({ name }) => [name, []]));
  for (let round = 0; round < Math.max(3, rounds); round += 1) {
    say(`engines, round ${round + 1}`);
    for (const engine of round % 2 === 0 ? engines : engines.toReversed())
      rows[engine.name].push(await timed(engine, quick ? 200 : 500));
  }
  return { rows, absent: others.absent };
}

async function timed({ decide, cases }, milliseconds) {
  const waits = decide(cases[0]) instanceof Promise;
  const pass = waits ? passOfPromises : passOfValues;
  const warm = performance.now() + milliseconds / 2;
  while (performance.now() < warm) await pass(decide, cases);
  const until = performance.now() + milliseconds;
  const before = process.cpuUsage();
  let decisions = 0;
  let allowed = 0;
  for (; performance.now() < until; decisions += cases.length)
    allowed += waits ? await pass(decide, cases) : pass(decide, cases);
  const { user, system } = process.cpuUsage(before);
  if (allowed === 0) throw new Error('nothing was allowed');
  return ((user + system) * 1000) / decisions;
}

function passOfValues(decide, cases) {
  let allowed = 0;
  for (const one of cases) if (decide(one)) allowed += 1;
  return allowed;
}

async function passOfPromises(decide, cases) {
  let allowed = 0;
  for (const one of cases) if (await decide(one)) allowed += 1;
  return allowed;
}
