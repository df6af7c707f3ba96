import type { Limit } from '../../../src/policy/document.ts';
import type { Subject } from './states.ts';

/** Calls a minute to begin with, by class; the catalogue recommends the same. */
const RATES: Readonly<Record<string, number>> = {
  read: 60,
  write: 30,
  execute: 10,
  destructive: 1,
  financial: 1,
};

/** A rate limit to begin with. @param taken counters that the policy has */
export function newLimit(subject: Subject, gravest: string, taken: ReadonlySet<string>): Limit {
  const name = subject === undefined ? 'calls' : subject.replaceAll('*', 'all').replace(/^@/, '');
  const wanted = `${name}_rate`;
  let counter = wanted;
  for (let number = 2; taken.has(counter); number += 1) counter = `${wanted}_${number}`;
  return { counter, window: 'minute', max: RATES[gravest.toLowerCase()] ?? 60, scope: 'grant' };
}
