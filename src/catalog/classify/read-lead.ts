/** What the first sentence of a description says that the tool does. */
import type { ToolClass } from '../../policy/index.ts';
import { judgeAction } from './judge-action.ts';
import { isReadNoun, isUnspaced, unspacedVerbs, verbOf, type Verb } from './lexicon.ts';
import { textWords } from './tokens.ts';

export interface Statement {
  readonly says: ToolClass;
  readonly words: string;
  /** A verb at the head of the sentence, not a noun somewhere in it. */
  readonly head: boolean;
  readonly sure: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What stands before the verb: `This tool will …`, `Use this to …`, `Allows you to …`. */
const FILLERS = words(
  'this that these the a an tool tools function method endpoint action api operation will would can may is are be ' +
    'used useful use uses using to for allow allows lets let you your user users agent agents it its i helper utility simple ' +
    'please must should primary main always when want need wants needs designed intended able in order which then also and ' +
    'deprecated beta alpha experimental important note new step optional quickly first bulk batch directly efficiently ' +
    'provides ability way capability ui mcp server-side actually only just one of next by enables helps help has',
);
const NEGATIONS = words(
  "not never no without cannot can't don't doesn't won't isn't nor neither nothing instead avoid",
);
/** Opens a sentence about something else than the action. */
const ASIDE = words(
  'requires note example examples args arguments parameters see if tip warning prerequisite because after before unlike',
);

/** `Call this before …` is advice on using the tool. */
const ADVISED = words('this when before after it first once only the if whenever');
/** Japanese and Korean say the verb last. */
const VERB_FINAL = /[\u3040-\u30ff\uac00-\ud7a3]/;

const LIGHT = words('perform performs performing do does conduct conducts carry make makes making issue');

/** The actions that a sentence names; empty when it names none or is about something else. */
export function readStatement(sentence: string): Statement[] {
  const tokens = textWords(sentence.slice(0, 400)).slice(0, 60);
  const spoken = tokens.flatMap((word) => (isUnspaced(word) ? unspacedVerbs(word) : []));
  if (VERB_FINAL.test(sentence)) spoken.reverse();
  if (spoken.length > 0)
    return spoken.map(({ says, base }, index) => ({ says, words: base, head: index === 0, sure: true }));
  const start = tokens.findIndex((word) => !FILLERS.has(word) && !isManner(word));
  if (start < 0) return [];
  if (ASIDE.has(tokens[start] as string)) return [];
  if (tokens.slice(Math.max(0, start - 3), start + 1).some((word) => NEGATIONS.has(word))) return [];
  if (/^returns?$/.test(tokens[start] as string)) return [{ says: 'Read', words: 'returns', head: false, sure: false }];
  if (tokens[start] === 'call' && ADVISED.has(tokens[start + 1] ?? '')) return [];
  const verb = verbOf(tokens[start] as string);
  if (verb === undefined) return nominal(tokens, start);
  const found = [
    state(tokens, start, LIGHT.has(tokens[start] as string) ? (inner(tokens, start) ?? verb) : verb),
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
  let chain = true;
  for (let at = start + 1; at < Math.min(tokens.length, start + 24); at += 1) {
    const word = tokens[at] as string;
    const linked = word === 'and' || word === 'or' || word === 'then';
    if (linked) {
      const next = tokens[at + 1];
      const verb = next === undefined ? undefined : verbOf(next);
      if (verb?.sure === true && !negated(tokens, at + 1))
        found.push({ ...state(tokens, at + 1, verb), head: chain });
      chain = false;
      continue;
    }
    if (!chain) continue;
    const verb = verbOf(word);
    if (verb?.sure === true && lead.sure) found.push(state(tokens, at, verb));
    else chain = false;
  }
  return found;
}

function negated(tokens: readonly string[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some((word) => NEGATIONS.has(word));
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
