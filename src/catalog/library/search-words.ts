/** Text to the words that the index is searched by: the same for rows and for queries. */
import { exactWord, type SearchWords } from '../../store/index.ts';
import { nameWords, textWords } from '../classify/tokens.ts';
import type { CatalogQuery } from './types.ts';

const LONGEST_WORD = 40;
const MOST_NAME_WORDS = 48;
const MOST_REST_WORDS = 120;
const MOST_QUERY_WORDS = 8;

/** They stand in nearly every title or question, and so tell nothing; a query of nothing else keeps them. */
const COMMON = new Set(
  'a an and by for from in mcp of on or server servers the to tool tools with'.split(' '),
);

/** What a row is searched by. */
export function wordsOf(
  names: readonly string[],
  texts: readonly string[],
  facets: readonly string[],
): SearchWords {
  const exact = names.map((name) => exactWord(telling(plainWords(nameWords(name)))));
  return {
    name: distinct(names.flatMap(spellings), MOST_NAME_WORDS),
    rest: distinct(
      texts.flatMap((text) => textWords(text.slice(0, 2_000)).concat(nameWords(text))),
      MOST_REST_WORDS,
    ),
    facets: [...new Set([...facets, ...exact])],
  };
}

/** `ChatGPT` is found as `chatgpt`, too. */
function spellings(name: string): string[] {
  return [...nameWords(name), ...textWords(name.slice(0, 256))];
}

/** The words of a search, at most eight. */
export function queryWords(q: string | undefined): readonly string[] {
  const words = distinct(
    textWords((q ?? '').slice(0, 500)).flatMap((word) => plainWords([word])),
    50,
  );
  return telling(words).slice(0, MOST_QUERY_WORDS);
}

function telling(words: readonly string[]): readonly string[] {
  const some = words.filter((word) => !COMMON.has(word));
  return some.length > 0 ? some : words;
}

export function queryFacets(query: CatalogQuery): string[] {
  return (['class', 'severity', 'signal', 'transport', 'language'] as const).flatMap((kind) => {
    const value = query[kind];
    return value === undefined ? [] : [facetWord(kind, value)];
  });
}

export function facetWord(kind: string, value: string): string {
  return `${kind}${value}`
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, LONGEST_WORD);
}

function distinct(words: readonly string[], most: number): string[] {
  return [...new Set(plainWords(words))].slice(0, most);
}

/** Letters and digits only: what else a word may hold (an apostrophe) would be an operator in a query. */
function plainWords(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const letters = word
      .replace(/[^\p{L}\p{N}]/gu, '')
      .slice(0, LONGEST_WORD)
      .toWellFormed()
      .replace(/\ufffd/g, '');
    return letters === '' ? [] : [letters];
  });
}
