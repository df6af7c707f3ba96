/** What the search form sent: every filter is known, or the search is refused, so that a slip never looks like “everything matched”. */
import { TOOL_CLASSES } from '../../../policy/index.ts';
import type { CatalogQuery, Transport } from '../../library/types.ts';
import { SIGNALS } from '../../types.ts';
import { cleanText } from '../clean-text.ts';
import { SEVERITIES } from '../words/severities.ts';

export const TRANSPORTS: readonly Transport[] = ['stdio', 'http', 'sse'];
export const SHOWN = ['servers', 'tools'] as const;
export const LANGUAGES =
  'csharp dotnet go java javascript kotlin php python ruby rust swift typescript'.split(' ');

export interface AskedSearch {
  readonly query: CatalogQuery;
  readonly show: (typeof SHOWN)[number];
  readonly cursor: string | undefined;
}

/** @returns a string that names what is wrong with them, or what is asked for */
export function readQuery(parameters: URLSearchParams): AskedSearch | string {
  const given = (name: string): string | undefined => parameters.get(name)?.trim() || undefined;
  const query: Record<string, string> = {};
  const choices: Readonly<Record<string, readonly string[]>> = {
    class: TOOL_CLASSES,
    severity: SEVERITIES,
    signal: SIGNALS,
    transport: TRANSPORTS,
    show: SHOWN,
  };
  for (const [name, known] of Object.entries(choices)) {
    const value = given(name);
    if (value === undefined) continue;
    const choice = known.find((one) => one.toLowerCase() === value.toLowerCase());
    if (choice === undefined)
      return `“${cleanText(value, 40)}” is none of the values of ${name}: ${known.join(', ')}.`;
    query[name] = choice;
  }
  const language = given('language');
  if (language !== undefined && !/^[\w#+.-]{1,30}$/.test(language))
    return 'The language is a word such as typescript, python or go.';
  const { show = 'servers', ...facets } = query;
  return {
    show: show as AskedSearch['show'],
    cursor: given('cursor')?.slice(0, 2000),
    query: {
      q: cleanText(given('q') ?? '', 200),
      ...(facets as Pick<CatalogQuery, 'class' | 'severity' | 'signal' | 'transport'>),
      ...(language !== undefined && { language: language.toLowerCase() }),
    },
  };
}

/** The address of a search; the same search has the same one. */
export function searchPath(
  { q, ...facets }: CatalogQuery,
  show: AskedSearch['show'],
  cursor?: string,
): string {
  const parameters = new URLSearchParams();
  if (q !== undefined && q !== '') parameters.set('q', q);
  for (const name of ['class', 'severity', 'signal', 'transport', 'language'] as const) {
    const value = facets[name];
    if (value !== undefined) parameters.set(name, value);
  }
  if (show !== 'servers') parameters.set('show', show);
  if (cursor !== undefined) parameters.set('cursor', cursor);
  return parameters.size === 0 ? '/catalog' : `/catalog?${parameters.toString()}`;
}
