/** The actions that a tool offers through a parameter: the gravest of them is what the tool can do. */
import type { ToolClass } from '../../policy/index.ts';
import type { Parameter } from './read-definition.ts';
import { readName } from './read-name.ts';
import { nameWords } from './tokens.ts';

const SELECTORS = new Set([
  'action',
  'actions',
  'operation',
  'operations',
  'op',
  'subcommand',
  'command',
  'verb',
  'method',
]);
const COMPOUND = new Set([
  'http method',
  'request method',
  'sub command',
  'action type',
  'operation type',
  'tool action',
]);
const HTTP = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface Choice {
  readonly says: ToolClass;
  readonly place: string;
  readonly value: string;
}

/** Every value of every action parameter that says something. */
export function readChoices(parameters: readonly Parameter[]): Choice[] {
  const found: Choice[] = [];
  for (const { name, words, values, place, depth, description } of parameters) {
    if (depth > 1 || (depth > 0 && name === 'method') || !isSelector(words)) continue;
    const offered = values.length > 0 ? values : quoted(description);
    if (offered.length < 2 && values.length === 0) continue;
    if (offered.some((value) => HTTP.has(value))) {
      found.push({ says: 'Execute', place, value: offered.filter((value) => HTTP.has(value)).join(' ') });
      continue;
    }
    for (const value of offered) {
      const spoken = nameWords(value);
      const [action] = readName(spoken);
      if (action === undefined || (!action.sure && action.words !== spoken[0])) continue;
      found.push({ says: spoken.join() === 'cancel' ? 'Execute' : action.says, place, value });
    }
  }
  return found;
}

function isSelector(words: readonly string[]): boolean {
  return SELECTORS.has(words.join('')) || (words.length === 2 && COMPOUND.has(words.join(' ')));
}

/** Values that a description lists in back ticks or quotes. */
function quoted(description: string): string[] {
  return [...description.matchAll(/[`'"]([\p{L}_-]{2,32})[`'"]/gu)]
    .map((match) => match[1] as string)
    .slice(0, 32);
}
