/** The word tables as one lookup: which class a word points to, and whether it is surely a verb. */
import type { ToolClass } from '../../policy/index.ts';
import * as destructive from './words/destructive.ts';
import * as execute from './words/execute.ts';
import * as financial from './words/financial.ts';
import * as foreign from './words/foreign.ts';
import * as read from './words/read.ts';
import * as write from './words/write.ts';

export interface Verb {
  readonly base: string;
  readonly says: ToolClass;
  /** Hardly ever a noun. */
  readonly sure: boolean;
}

const split = (words: string): string[] => words.split(' ').filter((word) => word !== '');
const verbs = new Map<string, Verb>();

/** Later tables do not change what earlier ones said. */
function learn(words: string, says: ToolClass, sure: boolean): void {
  for (const base of split(words)) if (!verbs.has(base)) verbs.set(base, { base, says, sure });
}

learn(financial.FINANCIAL_VERBS, 'Financial', true);
learn(destructive.DESTRUCTIVE_VERBS, 'Destructive', true);
learn(execute.EXECUTE_VERBS, 'Execute', true);
learn(read.READ_VERBS, 'Read', true);
learn(write.WRITE_VERBS, 'Write', true);
learn(foreign.FOREIGN_FINANCIAL, 'Financial', true);
learn(foreign.FOREIGN_DESTRUCTIVE, 'Destructive', true);
learn(foreign.FOREIGN_EXECUTE, 'Execute', true);
learn(foreign.FOREIGN_WRITE, 'Write', true);
learn(foreign.FOREIGN_READ, 'Read', true);
learn(financial.FINANCIAL_OR_NOUN, 'Financial', false);
learn(destructive.DESTRUCTIVE_OR_NOUN, 'Destructive', false);
learn(execute.EXECUTE_OR_NOUN, 'Execute', false);
learn(read.READ_OR_NOUN, 'Read', false);
learn(write.WRITE_OR_NOUN, 'Write', false);

const readNouns = new Set(split(read.READ_NOUNS));

const unspaced = new Map<string, Verb>();
for (const [words, says] of [
  [foreign.UNSPACED_FINANCIAL, 'Financial'],
  [foreign.UNSPACED_DESTRUCTIVE, 'Destructive'],
  [foreign.UNSPACED_EXECUTE, 'Execute'],
  [foreign.UNSPACED_WRITE, 'Write'],
  [foreign.UNSPACED_READ, 'Read'],
] as const)
  for (const base of split(words)) unspaced.set(base.normalize('NFC'), { base, says, sure: true });

/** The verb that a word is a form of: as it stands, third person, or gerund. Not the past: `deleted files` deletes nothing. */
export function verbOf(word: string): Verb | undefined {
  return verbs.get(word) ?? third(word) ?? gerund(word);
}

/** As it stands only. */
export function exactVerb(word: string): Verb | undefined {
  return verbs.get(word);
}

function third(word: string): Verb | undefined {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return undefined;
  const shorter = verbs.get(word.slice(0, -1));
  if (shorter !== undefined || !word.endsWith('es')) return shorter;
  return (
    verbs.get(word.slice(0, -2)) ?? (word.endsWith('ies') ? verbs.get(`${word.slice(0, -3)}y`) : undefined)
  );
}

function gerund(word: string): Verb | undefined {
  if (word.length < 6 || !word.endsWith('ing')) return undefined;
  const stem = word.slice(0, -3);
  const doubled = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : undefined;
  return verbs.get(stem) ?? verbs.get(`${stem}e`) ?? (doubled === undefined ? undefined : verbs.get(doubled));
}

export function isReadNoun(word: string): boolean {
  return readNouns.has(word);
}

/** Singular, so that one entry of a table serves both. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss') || word.endsWith('us')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.slice(0, /(?:x|ch|sh|ss)es$/.test(word) ? -2 : -1);
}

/** Verbs in a run of letters that is written without spaces (Chinese, Japanese, Korean), in order of appearance. */
export function unspacedVerbs(run: string): Verb[] {
  const found: Verb[] = [];
  for (let index = 0; index < run.length; index += 1) {
    for (let length = 4; length >= 2; length -= 1) {
      const verb = unspaced.get(run.slice(index, index + length));
      if (verb === undefined) continue;
      found.push(verb);
      index += length - 1;
      break;
    }
  }
  return found;
}

export function isUnspaced(word: string): boolean {
  return word.charCodeAt(0) >= 0x3040;
}
