/** Regular expressions in RE2 syntax: linear time whatever a caller sends (github.com/google/re2/wiki/Syntax). */
import { RE2JS } from 're2js';

const MOST_CHARACTERS = 4096;

/** What is wrong with a pattern, or undefined. */
export function patternTrouble(pattern: string): string | undefined {
  if (pattern.length > MOST_CHARACTERS) return `Expected a pattern of at most ${MOST_CHARACTERS} characters.`;
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const hint = /\(\?[=!<]/.test(pattern) || /\\[1-9]/.test(pattern) ? ' Look-around and back-references do not exist in it.' : '';
    return `Expected a regular expression in RE2 syntax: ${(error as Error).message}.${hint}`;
  }
}

/** An unanchored search. @param pattern without trouble */
export function compilePattern(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.test(text);
}
