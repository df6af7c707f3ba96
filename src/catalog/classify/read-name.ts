/** Which action a tool's name speaks of. */
import type { ToolClass } from '../../policy/index.ts';
import { judgeAction } from './judge-action.ts';
import { exactVerb, isReadNoun, isUnspaced, unspacedVerbs, verbOf, type Verb } from './lexicon.ts';
import { EXECUTE_NAMESPACES } from './words/execute.ts';
import * as grammar from './words/grammar.ts';

export interface NamedAction {
  readonly says: ToolClass;
  readonly weight: number;
  /** The verb, and the object if it mattered. */
  readonly words: string;
  /** A verb that is hardly ever a noun, at a place where verbs stand. */
  readonly sure: boolean;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const manner = set(grammar.MANNER);
const asking = set(grammar.ASKING);
const steady = set(grammar.STEADY);
const plainVerbs = set(grammar.PLAIN);
const prepositions = set(grammar.PREPOSITIONS);
const namespaces = set(EXECUTE_NAMESPACES);
const runTogether = grammar.RUN_TOGETHER.split(' ');
const linking = set('and or then');

/** The actions of a name, the main one first; empty when no word of it is a verb. */
export function readName(words: readonly string[]): NamedAction[] {
  const spoken = words.flatMap((word) => (isUnspaced(word) ? unspacedVerbs(word) : []));
  if (spoken.length > 0)
    return spoken.map(({ says, base }) => ({ says, weight: 0.85, words: base, sure: true }));
  if (words.length > 1 && asking.has(words[0] as string))
    return [{ says: 'Read', weight: 0.7, words: words[0] as string, sure: false }];
  const verbs = words.map((word, index) => nameVerb(word, index === core(words).last));
  const main = mainVerb(words, verbs);
  if (main < 0) return nouns(words);
  const actions = [act(words, verbs, main)];
  for (let index = main + 1; index < words.length; index += 1) {
    if (verbs[index] !== undefined && index >= 1 && linking.has(words[index - 1] as string))
      actions.push(act(words, verbs, index));
  }
  return actions;
}

function nameVerb(word: string, last: boolean): Verb | undefined {
  const verb = exactVerb(word);
  if (verb !== undefined) return verb;
  const inflected = last ? verbOf(word) : undefined;
  if (inflected?.sure === true) return { ...inflected, sure: false };
  if (word.length < 8) return undefined;
  const start = runTogether.find((one) => word.startsWith(one) && word.length - one.length >= 3);
  return start === undefined || word.endsWith('able') ? undefined : exactVerb(start);
}

/** Position of the verb that names the action: first in the name, or last when the first words are a namespace. */
function mainVerb(words: readonly string[], verbs: readonly (Verb | undefined)[]): number {
  const { first, last } = core(words);
  if (steady.has(words[first] as string) || plainVerbs.has(words[first] as string)) return first;
  if (plainVerbs.has(words[last] as string) && !linking.has(words[last - 1] as string)) return last;
  if (verbs[first]?.sure === true) return first;
  const plain = words.findIndex((word, index) => index > first && index < last && plainVerbs.has(word));
  if (plain >= 0) return plain;
  if (verbs[last]?.sure === true) return last;
  const sure = verbs.findIndex((verb, index) => index > first && index < last && verb?.sure === true);
  if (namespaces.has(words[first] as string) && last > first) {
    if (verbs[last] !== undefined) return last;
    if (isReadNoun(words[last] as string)) return -1;
  }
  if (verbs[first] !== undefined) return sure === last - 1 && sure > first ? sure : first;
  if (sure >= 0) return sure;
  if (verbs[last] !== undefined) return last;
  return verbs.findIndex((verb) => verb !== undefined);
}

/** Without words of manner around it, and without what follows a preposition: `order_delete_by_id` ends with its verb. */
function core(words: readonly string[]): { first: number; last: number } {
  const preposition = words.findIndex((word, index) => index > 0 && prepositions.has(word));
  let last = (preposition < 0 ? words.length : preposition) - 1;
  let first = 0;
  while (first < last && manner.has(words[first] as string)) first += 1;
  while (last > first && manner.has(words[last] as string)) last -= 1;
  return { first, last };
}

function act(words: readonly string[], verbs: readonly (Verb | undefined)[], at: number): NamedAction {
  const verb = verbs[at] as Verb;
  const near = [...words.slice(at + 1), ...words.slice(0, at).toReversed()];
  const { says, object } = judgeAction(verb, near);
  const sure = verb.sure || object !== undefined;
  const namespace = !sure && at < words.length - 1 && namespaces.has(words[at] as string);
  const weight = sure ? 0.9 : namespace ? 0.55 : at === 0 ? 0.6 : 0.5;
  return {
    says,
    weight,
    sure,
    words: object === undefined ? (words[at] as string) : `${words[at]} … ${object}`,
  };
}

function nouns(words: readonly string[]): NamedAction[] {
  const noun = words.findLast((word) => isReadNoun(word));
  return noun === undefined ? [] : [{ says: 'Read', weight: 0.5, words: noun, sure: false }];
}
