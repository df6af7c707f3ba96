/** A search as each database spells it. Words hold letters and digits only, so none of them can be an operator. */
import type { WordMatch, WordQuery } from './types.ts';
import { ANY, FACET, NAME } from './word-columns.ts';

/** An FTS5 query; undefined when everything matches. */
export function ftsQuery({ facets, words, match, except }: WordQuery): string | undefined {
  const parts = facets.map((word) => `{facets} : "${word}"`);
  if (words.length > 0) parts.push(ftsWords(words, match));
  if (parts.length === 0) return undefined;
  const wanted = parts.map((part) => `(${part})`).join(' AND ');
  return words.length === 0
    ? wanted
    : [`(${wanted})`, ...except.map((one) => `(${ftsWords(words, one)})`)].join(' NOT ');
}

function ftsWords(words: readonly string[], match: WordMatch): string {
  if (match === 'exact') return `{facets} : "${exactWord(words)}"`;
  const columns = match === 'any-prefix' ? '{name rest}' : '{name}';
  const star = match === 'name' ? '' : ' *';
  return `${columns} : (${words.map((word) => `"${word}"${star}`).join(' AND ')})`;
}

/** A tsquery; undefined when everything matches. */
export function tsQuery({ facets, words, match, except }: WordQuery): string | undefined {
  const parts = facets.map((word) => `'${FACET}${word}'`);
  if (words.length > 0) parts.push(tsWords(words, match));
  if (parts.length === 0) return undefined;
  const others = words.length === 0 ? [] : except.map((one) => `!(${tsWords(words, one)})`);
  return [...parts, ...others].join(' & ');
}

function tsWords(words: readonly string[], match: WordMatch): string {
  if (match === 'exact') return `'${FACET}${exactWord(words)}'`;
  const column = match === 'any-prefix' ? ANY : NAME;
  const star = match === 'name' ? '' : ':*';
  return words.map((word) => `'${column}${word}'${star}`).join(' & ');
}

/** The facet that a row has whose whole name is these words. */
export function exactWord(words: readonly string[]): string {
  return `exact${words.join('')}`.slice(0, 200);
}
