/** The results as Markdown. */
import { MAIN, SCENARIOS } from '../plan.mjs';
import { added, bad, cpu, median, namesIn, over, ratio, show } from './figures.mjs';

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Targets beside each other with the call that all of them are measured with. */
export function targetTable(rounds) {
  const rows = namesIn(rounds).map((name) => [
    name,
    show(cpu(rounds, name)),
    show(ratio(rounds, name, 'nginx'), 2),
    show(ratio(rounds, name, 'forwarder'), 2),
    show(
      over(rounds, (results) => results[name].scenarios[MAIN].rate),
      0,
    ),
    `${show(added(rounds, name, 'shared', 'p50'), 0)} / ${show(added(rounds, name, 'shared', 'p99'), 0)}`,
    show(
      over(rounds, (results) => results[name].milliseconds),
      0,
    ),
    `${show(
      over(rounds, (results) => results[name].idle),
      0,
    )} / ${show(
      over(rounds, (results) => results[name].loaded),
      0,
    )}`,
    bad(rounds, name),
  ]);
  const head = ['target', 'CPU µs a call', '× nginx', '× forwarder', 'calls/s'];
  return table([...head, 'added p50 / p99 µs at 1,000/s', 'start ms', 'RSS MB idle / loaded', 'bad'], rows);
}

/** What each kind of call costs. */
export function scenarioTable(rounds) {
  const names = ['nginx', 'forwarder', 'forwarder with checks', 'portcullis'];
  const rows = Object.keys(SCENARIOS).map((scenario) => [
    scenario,
    ...names.map((name) => show(cpu(rounds, name, scenario))),
    show(ratio(rounds, 'portcullis', 'nginx', scenario), 2),
    show(ratio(rounds, 'portcullis', 'forwarder', scenario), 2),
    show(ratio(rounds, 'portcullis', 'forwarder with checks', scenario), 2),
  ]);
  const over_ = ['nginx', 'forwarder', 'with checks'].map((name) => `portcullis × ${name}`);
  return table(['call', ...names.map((name) => `${name} µs`), ...over_], rows);
}

export function sessionTable(sessions) {
  const rows = Object.entries(sessions).map(([name, { idle, loaded, each, bad: wrong, reason }]) =>
    reason === undefined
      ? [name, show(idle, 0), show(loaded, 0), show(each), wrong]
      : [name, '–', '–', '–', reason],
  );
  return table(['target', 'RSS MB idle', 'RSS MB with 1,000 sessions', 'KB a session', 'bad'], rows);
}

export function engineTable({ rows }) {
  return table(
    ['engine', 'CPU µs a decision', 'decisions a second and core'],
    Object.entries(rows).map(([name, nanoseconds]) => [
      name,
      show(median(nanoseconds) / 1000, 3),
      Math.round(1e9 / median(nanoseconds)).toLocaleString('en'),
    ]),
  );
}

export function growthTable(growth) {
  const rows = Object.entries(growth).map(([what, { sizes, few, many }]) => [
    what,
    sizes.map((size) => size.toLocaleString('en')).join(' → '),
    [few, many].map((runs) => show(median(runs.map(({ perCall }) => perCall)))).join(' → '),
    show(growthOf({ few, many }), 2),
    [few, many].map((runs) => show(median(runs.map(({ milliseconds }) => milliseconds)), 0)).join(' → '),
  ]);
  return table(['of', 'number', 'CPU µs a call', 'ratio', 'start ms'], rows);
}

/** Many over few, the median of the rounds. */
export const growthOf = ({ few, many }) =>
  median(many.map(({ perCall }, round) => perCall / few[round].perCall));
