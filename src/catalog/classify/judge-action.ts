/** What a verb means with the object that it is done to: `merge pull request` is not `merge cells`. */
import type { ToolClass } from '../../policy/index.ts';
import { singular, type Verb } from './lexicon.ts';
import { COMMITTING_VERBS, MONEY_OBJECTS, MONEY_PAPERWORK } from './words/financial.ts';
import { OBJECT_RULES } from './words/objects.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const committing = set(COMMITTING_VERBS);
const money = set(MONEY_OBJECTS);
const paperwork = set(MONEY_PAPERWORK);

interface Rule {
  readonly objects: ReadonlySet<string> | undefined;
  readonly says: ToolClass;
}
const rules = new Map<string, Rule[]>();
for (const { verbs, objects, says } of OBJECT_RULES)
  for (const verb of verbs.split(' ')) {
    const known = rules.get(verb) ?? [];
    known.push({ objects: objects === '*' ? undefined : set(objects), says });
    rules.set(verb, known);
  }

export interface Action {
  readonly says: ToolClass;
  /** The object that decided, if one did. */
  readonly object?: string;
}

/** @param words the words near the verb, nearest first */
export function judgeAction(verb: Verb, words: readonly string[]): Action {
  const found = rules.get(verb.base);
  if (found !== undefined) {
    for (const { objects, says } of found) {
      if (objects === undefined) return { says };
      const object = words.find((word) => objects.has(word) || objects.has(singular(word)));
      if (object !== undefined) return { says, object };
    }
  }
  if (committing.has(verb.base) && !words.some((word) => paperwork.has(singular(word)))) {
    const object = words.find((word) => money.has(word) || money.has(singular(word)));
    if (object !== undefined) return { says: 'Financial', object };
  }
  return { says: verb.says };
}
