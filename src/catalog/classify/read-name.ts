/** Which action a tool's name speaks of. */
import type { ToolClass } from '../../policy/index.ts';
import { judgeAction } from './judge-action.ts';
import { exactVerb, isReadNoun, isUnspaced, unspacedVerbs, verbOf, type Verb } from './lexicon.ts';

export interface NamedAction {
  readonly says: ToolClass;
  readonly weight: number;
  /** The verb, and the object if it mattered. */
  readonly words: string;
  /** A verb that is hardly ever a noun, at a place where verbs stand. */
  readonly sure: boolean;
}

/** Words before the verb that only say how. */
const MANNER = new Set(
  'batch bulk mass multi multiple soft hard force quick fast safe auto async sync try do please ai smart new my the a tool mcp api all direct advanced simple'.split(
    ' ',
  ),
);
/** A name that asks a question does nothing else. */
const QUESTION = new Set(
  'is has can should does will check verify validate preview estimate explain analyze'.split(' '),
);
/** Verbs that name an action wherever they stand: `pods_delete`, `crm_get_email`. */
const PLAIN = new Set('get list create update delete remove add set read write send show fetch destroy execute exec insert put'.split(' '));
const AND = new Set(['and', 'or', 'then']);

/** A run-together name such as `createorupdate` begins with one of these. */
const RUN_TOGETHER = [
  'create',
  'update',
  'delete',
  'remove',
  'destroy',
  'execute',
  'search',
  'fetch',
  'upload',
  'download',
  'insert',
  'write',
  'retrieve',
  'list',
  'find',
];

/** The actions of a name, the main one first; empty when no word of it is a verb. */
export function readName(words: readonly string[]): NamedAction[] {
  const spoken = words.flatMap((word) => (isUnspaced(word) ? unspacedVerbs(word) : []));
  if (spoken.length > 0)
    return spoken.map(({ says, base }) => ({ says, weight: 0.85, words: base, sure: true }));
  const verbs = words.map((word, index) => nameVerb(word, index === words.length - 1));
  const main = mainVerb(words, verbs);
  if (main < 0) return nouns(words);
  const actions = [act(words, verbs, main)];
  for (let index = main + 1; index < words.length; index += 1) {
    if (verbs[index] !== undefined && index >= 1 && AND.has(words[index - 1] as string))
      actions.push(act(words, verbs, index));
  }
  return actions;
}

function nameVerb(word: string, last: boolean): Verb | undefined {
  const verb = exactVerb(word) ?? (last ? verbOf(word) : undefined);
  if (verb !== undefined || word.length < 8) return verb;
  const start = RUN_TOGETHER.find((one) => word.startsWith(one) && word.length - one.length >= 3);
  return start === undefined || word.endsWith('able') ? undefined : exactVerb(start);
}

/** Position of the verb that names the action: first in the name, or last when the first words are a namespace. */
function mainVerb(words: readonly string[], verbs: readonly (Verb | undefined)[]): number {
  let first = 0;
  const last = words.length - 1;
  while (first < words.length - 1 && MANNER.has(words[first] as string)) first += 1;
  if (QUESTION.has(words[first] as string) || PLAIN.has(words[first] as string)) return first;
  if (PLAIN.has(words[last] as string) && !AND.has(words[last - 1] as string)) return last;
  if (verbs[first]?.sure === true) return first;
  const plain = words.findIndex((word) => PLAIN.has(word));
  if (plain >= 0) return plain;
  if (verbs[last]?.sure === true) return last;
  if (verbs[first] !== undefined) {
    const later = verbs.findIndex((verb, index) => index > first && verb?.sure === true);
    return later > first && later >= words.length - 2 ? later : first;
  }
  const middle = verbs.findIndex((verb, index) => index > first && verb?.sure === true);
  if (middle >= 0) return middle;
  return verbs[last] === undefined ? verbs.findIndex((verb) => verb !== undefined) : last;
}

function act(words: readonly string[], verbs: readonly (Verb | undefined)[], at: number): NamedAction {
  const verb = verbs[at] as Verb;
  const near = [...words.slice(at + 1), ...words.slice(0, at).reverse()];
  const { says, object } = judgeAction(verb, near);
  const sure = verb.sure || object !== undefined;
  const weight = sure ? 0.9 : at === 0 ? 0.6 : 0.5;
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
