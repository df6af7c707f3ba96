/** What the first sentence of a description says that the tool does. */
import type { ToolClass } from '../../policy/index.ts';
import { judgeAction } from './judge-action.ts';
import { exactVerb, isReadNoun, isUnspaced, unspacedVerbs, verbOf, type Verb } from './lexicon.ts';
import { textWords } from './tokens.ts';
import * as grammar from './words/grammar.ts';

export interface Statement {
  readonly says: ToolClass;
  readonly words: string;
  /** A verb of its own: `deletes`, not `delete` (which may be advice) or a noun. */
  readonly third?: boolean;
  /** A verb at the head of the sentence, not a noun somewhere in it. */
  readonly head: boolean;
  readonly sure: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const fillers = words(grammar.FILLERS);
const negations = words(grammar.NEGATIONS);
const asides = words(grammar.ASIDES);
const advised = words(grammar.ADVISED);
const light = words(grammar.LIGHT_VERBS);

/** Japanese and Korean say the verb last. */
const VERB_FINAL = /[\u3040-\u30ff\uac00-\ud7a3]/;

/** The actions that a sentence names; empty when it names none or is about something else. */
export function readStatement(sentence: string): Statement[] {
  const tokens = textWords(sentence.slice(0, 400)).slice(0, 60);
  const spoken = tokens.flatMap((word) => (isUnspaced(word) ? unspacedVerbs(word) : []));
  if (VERB_FINAL.test(sentence)) spoken.reverse();
  if (spoken.length > 0)
    return spoken.map(({ says, base }, index) => ({
      says,
      words: base,
      head: index === 0,
      sure: index === 0,
    }));
  const start = tokens.findIndex((word) => !fillers.has(word) && !isManner(word));
  if (start < 0) return [];
  if (asides.has(tokens[start] as string)) return [];
  if (tokens.slice(Math.max(0, start - 3), start + 1).some((word) => negations.has(word))) return [];
  if (/^returns?$/.test(tokens[start] as string))
    return [{ says: 'Read', words: 'returns', head: false, sure: false }];
  if (tokens[start] === 'read' && tokens[start + 1] === 'only') return [];
  if (tokens[start] === 'call' && advised.has(tokens[start + 1] ?? '')) return [];
  const verb = verbOf(tokens[start] as string);
  if (verb === undefined) return nominal(tokens, start);
  const found = [
    state(tokens, start, light.has(tokens[start] as string) ? (inner(tokens, start) ?? verb) : verb),
  ];
  found.push(...joined(tokens, start, verb));
  return found;
}

function isManner(word: string): boolean {
  return (
    (word.length > 4 && word.endsWith('ly') && word !== 'apply' && word !== 'reply') || /^\d+$/.test(word)
  );
}

function state(tokens: readonly string[], at: number, verb: Verb): Statement {
  const { says, object } = judgeAction(verb, tokens.slice(at + 1, at + 7));
  return {
    says,
    words: object === undefined ? (tokens[at] as string) : `${tokens[at]} … ${object}`,
    head: true,
    third: form(tokens[at] as string) === 's',
    sure: verb.sure || object !== undefined,
  };
}

/** `Perform a search`: the noun says what is done. */
function inner(tokens: readonly string[], at: number): Verb | undefined {
  for (const word of tokens.slice(at + 1, at + 5)) {
    const verb = verbOf(word);
    if (verb !== undefined) return verb;
  }
  return undefined;
}

/** Further verbs of the sentence: `create, update or delete`, `… and deletes it`. A noun list is not one. */
function joined(tokens: readonly string[], start: number, lead: Verb): Statement[] {
  const found: Statement[] = [];
  const wanted = form(tokens[start] as string);
  let chain = true;
  for (let at = start + 1; at < Math.min(tokens.length, start + 24); at += 1) {
    const word = tokens[at] as string;
    const linked = word === 'and' || word === 'or' || word === 'then';
    if (linked) {
      const next = tokens[at + 1];
      const alike = next !== undefined && form(next) === wanted && (chain || word !== 'or');
      const verb = alike ? verbOf(next) : undefined;
      if (verb?.sure === true && !negated(tokens, at + 1))
        found.push({ ...state(tokens, at + 1, verb), head: chain });
      chain = false;
      continue;
    }
    if (!chain) continue;
    const verb = form(word) === wanted ? verbOf(word) : undefined;
    if (verb?.sure === true && lead.sure) found.push(state(tokens, at, verb));
    else chain = false;
  }
  return found;
}

/** Verbs that belong together have the same ending. */
function form(word: string): string {
  if (exactVerb(word) !== undefined) return '';
  return word.endsWith('ing') ? 'ing' : 's';
}

function negated(tokens: readonly string[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some((word) => negations.has(word));
}

/** No verb leads: `Advanced web search with filters`, `Account balance details`. */
function nominal(tokens: readonly string[], start: number): Statement[] {
  for (let at = start; at < Math.min(tokens.length, start + 7); at += 1) {
    const word = tokens[at] as string;
    const verb = verbOf(word);
    if (verb !== undefined && !negated(tokens, at)) {
      const { says, object } = judgeAction(verb, tokens.slice(at + 1, at + 5));
      return [
        { says, words: object === undefined ? word : `${word} … ${object}`, head: false, sure: verb.sure },
      ];
    }
    if (isReadNoun(word)) return [{ says: 'Read', words: word, head: false, sure: false }];
  }
  return [];
}
