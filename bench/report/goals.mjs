/** The goals, and whether this run reached them. A goal whose figures are missing says so. */
import { added, bad, cpu, median, over, ratio, show } from './figures.mjs';
import { growthOf, table } from './tables.mjs';

/** What counts as a wrong answer to growth: more than noise on a shared machine. */
const FLAT = 1.15;
const GOVERNORS = ['mcp-hub', '@1mcp/agent', '@civic/passthrough-mcp-server'];

/** @returns `[{ goal, limit, measured, reached }]`; `reached` is undefined where nothing was measured */
export function goalsOf({ rounds, sessions = {}, engines, growth }) {
  const own = 'portcullis';
  const most = (goal, measured, limit, unit = '') => ({
    goal,
    limit: `≤ ${limit}${unit}`,
    measured: Number.isFinite(measured) ? `${show(measured, 2)}${unit}` : undefined,
    reached: Number.isFinite(measured) ? measured <= limit : undefined,
  });
  const least = (goal, measured, limit, unit = '') => ({
    ...most(goal, measured, limit, unit),
    limit: `≥ ${limit.toLocaleString('en')}${unit}`,
    measured: Number.isFinite(measured) ? `${Number(show(measured)).toLocaleString('en')}${unit}` : undefined,
    reached: Number.isFinite(measured) ? measured >= limit : undefined,
  });
  const late = (where, share) => added(rounds, own, where, share) / 1000;
  const of = (pick) => over(rounds, (results) => pick(results[own]));
  const decision = (name) => 1e9 / median(engines?.rows[name] ?? []);
  const grown = (what) => (growth?.[what] === undefined ? Number.NaN : growthOf(growth[what]));
  return [
    most('CPU a call of 350 B, to nginx', ratio(rounds, own, 'nginx', '350 B'), 4, ' ×'),
    most(
      'the same to a forwarder with checks',
      ratio(rounds, own, 'forwarder with checks', '350 B'),
      1.35,
      ' ×',
    ),
    least('less CPU than mcp-proxy', ratio(rounds, 'mcp-proxy', own), 7, ' ×'),
    ...GOVERNORS.map((name) => least(`less CPU than ${name}`, ratio(rounds, name, own), 15, ' ×')),
    most('CPU a call of 10 KB, to nginx', ratio(rounds, own, 'nginx', '10 KB'), 5, ' ×'),
    most('CPU a call of 100 KB, to nginx', ratio(rounds, own, 'nginx', '100 KB'), 7, ' ×'),
    most('an event stream, to JSON', ratio(rounds, own, own, 'event stream', '1 KB'), 1.15, ' ×'),
    most('a denied call, to an allowed one', ratio(rounds, own, own, 'denied', '1 KB'), 0.7, ' ×'),
    most('added p50 at 1,000 calls/s, cores shared', late('shared', 'p50'), 0.3, ' ms'),
    most('added p99 at 1,000 calls/s, cores shared', late('shared', 'p99'), 3, ' ms'),
    most('added p50 at 1,000 calls/s, pinned', late('pinned', 'p50'), 0.4, ' ms'),
    most('added p99 at 1,000 calls/s, pinned', late('pinned', 'p99'), 6, ' ms'),
    most(
      'start to the first answered call',
      of(({ milliseconds }) => milliseconds),
      500,
      ' ms',
    ),
    most(
      'memory idle',
      of(({ idle }) => idle),
      95,
      ' MB',
    ),
    most(
      'memory after full load',
      of(({ loaded }) => loaded),
      170,
      ' MB',
    ),
    most('memory a session', sessions[own]?.each, 60, ' KB'),
    most('memory with 1,000 sessions', sessions[own]?.loaded, 160, ' MB'),
    most('one decision, three conditions', 1e6 / decision('portcullis, 20 tools'), 1, ' µs'),
    least('decisions a second and core, Orgo policy', decision('portcullis, Orgo policy'), 5_000_000),
    least(
      'decisions a second and core, CodeForge policy',
      decision('portcullis, CodeForge policy'),
      5_000_000,
    ),
    most('2,000 tools, to 20', grown('tools'), FLAT, ' ×'),
    most('100,000 grants, to 10', grown('grants'), FLAT, ' ×'),
    most('wrong answers', Number.isFinite(cpu(rounds, own)) ? bad(rounds, own) : Number.NaN, 0),
    {
      goal: 'against Intercept (Go); an audit record and a token check alone',
      limit: '',
      reached: undefined,
    },
  ];
}

export function goalTable(goals) {
  const word = { true: 'reached', false: '**not reached**', undefined: 'not measured in this run' };
  return table(
    ['goal', 'limit', 'measured', ''],
    goals.map(({ goal, limit, measured = '–', reached }) => [goal, limit, measured, word[reached]]),
  );
}
