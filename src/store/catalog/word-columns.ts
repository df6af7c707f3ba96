/** Search words as each database stores them. */
import type { SearchWords } from './types.ts';

/** What tells the columns apart in PostgreSQL: an index holds lexemes, but not their weights. Words are lower case. */
export const NAME = 'N';
export const FACET = 'F';
/** Words of the name and of the rest. */
export const ANY = 'W';

/** A tsvector with a lexeme for each word and column. */
export function tsVector({ name, rest, facets }: SearchWords): string {
  const lexemes = new Set([
    ...name.map((word) => NAME + word),
    ...facets.map((word) => FACET + word),
    ...name.map((word) => ANY + word),
    ...rest.map((word) => ANY + word),
  ]);
  return [...lexemes].map((lexeme) => `'${lexeme}'`).join(' ');
}

/** The three columns of an FTS5 row. */
export function ftsColumns({ name, rest, facets }: SearchWords): {
  readonly name: string;
  readonly rest: string;
  readonly facets: string;
} {
  return { name: name.join(' '), rest: rest.join(' '), facets: facets.join(' ') };
}
