import { makeFinding } from '../make-finding.ts';
import type { ScanText } from '../read-texts.ts';
import { around } from '../shown.ts';
import type { Finding } from '../types.ts';
import { placeOf } from './place-of.ts';

const WORD = /[A-Za-z][A-Za-z0-9_.-]{5,63}/g;
const DISTINCT = /[_.-]|[a-z][A-Z]/;
const STEERING =
  /\b(?:instead|before|first|must|always|never|do not|don['’]t|when(?:ever)?|also|after|modif\w+|change|replace|redirect|override|bcc)\b/i;

/**
 * What one server's text says of another server's tools.
 * @param foreign tool → server, of all other servers; names that the server has itself are left out
 */
export function checkReferences(text: ScanText, foreign: ReadonlyMap<string, string>): Finding[] {
  if (text.isName || foreign.size === 0) return [];
  for (const match of text.text.matchAll(WORD)) {
    const word = match[0].replace(/[.-]+$/, '');
    const name = word.replace(/^mcp__[A-Za-z0-9-]+__/, '');
    const server = foreign.get(name);
    if (server === undefined || !DISTINCT.test(name)) continue;
    const evidence = around(text.text, match.index, match.index + word.length);
    return [
      makeFinding('cross-tool-reference', placeOf(text), `${evidence} (a tool of ${server})`, {
        severity: STEERING.test(text.text.slice(Math.max(0, match.index - 100), match.index + 160))
          ? 'high'
          : 'medium',
      }),
    ];
  }
  return [];
}
