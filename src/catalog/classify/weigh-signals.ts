/** Signals that the name and the first sentence bring; those of parameters are weighed with the schema. */
import type { Evidence, Signal } from '../types.ts';
import { exactVerb, singular, verbOf } from './lexicon.ts';
import type { Statement } from './read-lead.ts';
import type { Heard } from './weigh-lead.ts';
import { BULK_NAMES, METERED, METERED_VERBS, SENDING } from './words/signals.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const sending = set(SENDING);
const bulk = set(BULK_NAMES);
const metered = set(METERED);
const meteredVerbs = set(METERED_VERBS);

export function weighSignals(
  words: readonly string[],
  { name, lead }: Heard,
  said: readonly Statement[],
): Evidence[] {
  const found: Evidence[] = [];
  const add = (place: string, word: string, says: Signal): void => {
    found.push({ place, words: word, says, weight: 0.6 });
  };
  const acts = (name?.says ?? lead?.says) !== 'Read';
  const main = name?.words.split(' ')[0] ?? '';
  if (acts && sending.has(exactVerb(main)?.base ?? '')) add('name', main, 'sends-data-out');
  const spoken = said.find(({ words: word, head }) => head && sending.has(baseOf(word)));
  if (spoken !== undefined && acts) add('description', spoken.words, 'sends-data-out');
  const many = acts ? words.find((word) => bulk.has(word)) : undefined;
  if (many !== undefined) add('name', many, 'bulk');
  if (words.some((word) => meteredVerbs.has(word))) {
    const object = words.find((word) => metered.has(singular(word)));
    if (object !== undefined) add('name', object, 'costs-money');
  }
  return found;
}

function baseOf(words: string): string {
  return verbOf(words.split(' ')[0] as string)?.base ?? '';
}
