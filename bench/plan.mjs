/** What a run measures: options, and the calls that are sent. */
import { parseArgs } from 'node:util';

const legacy = { era: 'legacy', answers: 'json', bytes: 1024, denied: false };
const modern = { ...legacy, era: 'modern' };
const KB = 1024;

/** By name; `short` ones are in the quick form, too. The first is what peers are measured with. */
export const SCENARIOS = {
  '1 KB': { ...legacy, short: true },
  '350 B': { ...legacy, bytes: 350, short: true },
  '10 KB': { ...legacy, bytes: 10 * KB },
  '64 KB': { ...legacy, bytes: 64 * KB },
  '100 KB': { ...legacy, bytes: 100 * KB, short: true },
  'event stream': { ...legacy, answers: 'sse', short: true },
  '2026-07-28': { ...modern, short: true },
  '2026-07-28, event stream': { ...modern, answers: 'sse' },
  denied: { ...legacy, denied: true, short: true },
  'denied, 2026-07-28': { ...modern, denied: true },
};
export const MAIN = '1 KB';

export function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string' },
      parts: { type: 'string', default: 'proxies,sessions,engines,growth' },
    },
  });
  const { quick } = values;
  return {
    quick,
    rounds: Number(values.rounds ?? (quick ? 1 : 5)),
    seconds: Number(values.seconds ?? (quick ? 0.8 : 2)),
    only: values.only?.split(','),
    parts: values.parts.split(','),
  };
}

/** The scenarios that make sense for a target. */
export function scenariosFor(target, { quick }) {
  return Object.entries(SCENARIOS).filter(
    ([name, { era, answers, denied, short }]) =>
      (name === MAIN || !target.isPeer) &&
      (short || !quick) &&
      (era === 'legacy' || target.modern) &&
      (answers === 'json' || target.streams) &&
      (!denied || target.denies),
  );
}
