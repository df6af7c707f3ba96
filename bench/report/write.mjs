/** Prints the report, and writes reports/bench.json (for the scorecard), reports/bench.md and, after a full run, docs/bench.svg. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.mjs';
import { over } from './figures.mjs';
import { goalsOf, goalTable } from './goals.mjs';
import { engineTable, growthTable, scenarioTable, sessionTable, targetTable } from './tables.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @param results `{ rounds, absent, sessions, engines, growth }` @param about `{ machine, versions, quick }` */
export function writeReport(results, about) {
  const { rounds, absent, sessions, engines, growth } = results;
  const busy = over(rounds, ({ portcullis }) => portcullis.shared.machine);
  const goals = goalsOf(results);
  const main = targetTable(rounds);
  const parts = [
    ['Targets, 1 KB', rounds.length > 0 && main],
    ['Kinds of calls, CPU µs', rounds.length > 0 && scenarioTable(rounds)],
    ['Sessions', sessions && sessionTable(sessions)],
    ['Policy engines', engines && engineTable(engines)],
    ['Growth', growth && growthTable(growth)],
    ['Goals', goalTable(goals)],
    ['Not measured', missing({ ...absent, ...engines?.absent })],
  ];
  const text = [
    `# Benchmark\n\n${about.machine}; ${about.versions}. ${rounds.length} rounds. ${about.load}`,
    ...parts.filter(([, part]) => part).map(([title, part]) => `## ${title}\n\n${part}`),
  ].join('\n\n');
  console.log(`\n${text}`);
  const folder = join(ROOT, 'reports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.md'), `${text}\n`);
  const at = new Date().toISOString();
  const report = {
    name: 'bench',
    at,
    machine: about.machine,
    table: main,
    versions: about.versions,
    load: about.load,
    busy,
  };
  writeFileSync(join(folder, 'bench.json'), JSON.stringify({ ...report, goals, results }));
  if (!about.quick && rounds.length > 0)
    writeFileSync(
      join(ROOT, 'docs/bench.svg'),
      chart(rounds, `${about.machine}, ${at.slice(0, 10)}. ${about.load}`),
    );
  return goals;
}

function missing(absent) {
  return Object.entries(absent)
    .map(([name, reason]) => `- ${name}: ${reason}.`)
    .join('\n');
}
