/** Medians over rounds; a ratio is taken within each round first, so that what else the machine did weighs on both. */
import { MAIN } from '../plan.mjs';

export const median = (numbers) =>
  numbers.length === 0 ? Number.NaN : numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The median over the rounds in which `pick` finds a number. */
export function over(rounds, pick) {
  return median(rounds.map((results) => attempt(() => pick(results))).filter(Number.isFinite));
}

const cost = (results, name, scenario) => results[name].scenarios[scenario].perCall;

export const cpu = (rounds, name, scenario = MAIN) =>
  over(rounds, (results) => cost(results, name, scenario));

/** CPU of one target in units of another. */
export const ratio = (rounds, name, other, scenario = MAIN, otherScenario = scenario) =>
  over(rounds, (results) => cost(results, name, scenario) / cost(results, other, otherScenario));

/** Microseconds that a target adds to a direct call at the fixed rate. @param where `pinned` or `shared` @param share `p50` or `p99` */
export const added = (rounds, name, where, share) =>
  over(rounds, (results) => results[name][where][share] - results.direct[where][share]);

/** Wrong answers of a target in all loads. */
export function bad(rounds, name) {
  const loads = rounds.flatMap((results) =>
    results[name] === undefined
      ? []
      : [...Object.values(results[name].scenarios), results[name].pinned, results[name].shared],
  );
  return loads.reduce((sum, one) => sum + one.bad, 0);
}

export const namesIn = (rounds) => [...new Set(rounds.flatMap((results) => Object.keys(results)))];

export function show(number, digits = 1) {
  return Number.isFinite(number) ? number.toFixed(digits) : '–';
}

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
