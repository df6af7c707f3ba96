/** What the server as a whole tells about its tools: words that are only a prefix, and what it is for. */
import type { ClassifyContext, ToolDefinition } from '../types.ts';
import { exactVerb } from './lexicon.ts';
import { nameWords, textWords } from './tokens.ts';

export interface ServerFacts {
  /** Words that begin most names, in order: not verbs. */
  readonly prefix: readonly string[];
  /** The word that says that money is its business. */
  readonly money?: string;
  /** The word that says that running things is its business. */
  readonly runs?: string;
}

const MONEY = new Set(
  'stripe paypal payment payments pay bank banking wallet trading trade broker exchange crypto defi billing invoicing checkout paddle square adyen klarna wise plaid'.split(
    ' ',
  ),
);
const RUNS = new Set(
  'shell terminal ssh command bash powershell sandbox interpreter runner executor repl computer desktop'.split(
    ' ',
  ),
);
const NONE: ServerFacts = { prefix: [] };

const prefixes = new WeakMap<readonly ToolDefinition[], readonly string[]>();

export function readServer(context: ClassifyContext | undefined): ServerFacts {
  if (context === undefined) return NONE;
  const { server, siblings } = context;
  const told =
    typeof server === 'string'
      ? server
      : `${server?.name ?? ''} ${(server?.description ?? '').slice(0, 300)}`;
  const prefix = siblings === undefined ? [] : commonPrefix(siblings);
  if (told.trim() === '') return { prefix };
  const words = [...nameWords(told), ...textWords(told.slice(0, 400))];
  const money = words.find((word) => MONEY.has(word));
  const runs = words.find((word) => RUNS.has(word));
  return { prefix, ...(money !== undefined && { money }), ...(runs !== undefined && { runs }) };
}

/** A server whose tools all delete has no prefix `delete`. */
function isGrave(word: string): boolean {
  const verb = exactVerb(word);
  return verb !== undefined && verb.sure && (verb.says === 'Destructive' || verb.says === 'Financial');
}

/** Words that at least four in five names begin with. Remembered per list, so that a server's tools cost one look. */
function commonPrefix(siblings: readonly ToolDefinition[]): readonly string[] {
  const known = prefixes.get(siblings);
  if (known !== undefined) return known;
  const names = siblings.slice(0, 500).map(({ name }) => (typeof name === 'string' ? nameWords(name) : []));
  const prefix: string[] = [];
  while (names.length >= 3 && prefix.length < 4) {
    const at = prefix.length;
    const counts = new Map<string, number>();
    for (const words of names) {
      const word = words[at];
      if (word !== undefined && words.length > at + 1) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const [top] = [...counts].toSorted(([, one], [, other]) => other - one);
    if (top === undefined || top[1] < names.length * 0.8 || isGrave(top[0])) break;
    prefix.push(top[0]);
  }
  prefixes.set(siblings, prefix);
  return prefix;
}
