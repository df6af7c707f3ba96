/** Finds the phrases of the table in a text, in one pass over its words. */
import { NEGATIONS } from './words/grammar.ts';
import { PHRASES, type Phrase } from './words/phrases.ts';
import { textWords } from './tokens.ts';

interface Pattern extends Phrase {
  readonly parts: readonly string[];
}
const byFirst = new Map<string, Pattern[]>();
for (const phrase of PHRASES) {
  const parts = phrase.words.split(' ');
  const list = byFirst.get(parts[0] as string) ?? [];
  list.push({ ...phrase, parts });
  byFirst.set(parts[0] as string, list);
}

const negations = new Set(NEGATIONS.split(' '));

/** Every phrase once; those that stand after a negation are left out. */
export function matchPhrases(text: string): Phrase[] {
  const tokens = textWords(text);
  const found = new Set<Pattern>();
  for (let index = 0; index < tokens.length; index += 1) {
    const candidates = byFirst.get(tokens[index] as string);
    if (candidates === undefined) continue;
    for (const pattern of candidates) {
      if (!pattern.parts.every((part, offset) => part === '*' || part === tokens[index + offset])) continue;
      const before = tokens.slice(Math.max(0, index - 3), index);
      if (!before.some((word) => negations.has(word))) found.add(pattern);
    }
  }
  return [...found];
}
