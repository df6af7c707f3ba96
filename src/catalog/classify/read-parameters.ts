/** What the parameters of a tool take in. */
import type { Signal } from '../types.ts';
import type { Parameter } from './read-definition.ts';
import { textWords } from './tokens.ts';
import * as table from './words/parameters.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const code = set(table.CODE);
const otherCodes = set(table.OTHER_CODES);
const sql = set(table.SQL);
const shell = set(table.SHELL);
const url = set(table.URL_WORDS);
const path = set(table.PATH);
const credential = set(table.CREDENTIAL);
const html = set(table.HTML);
const recipient = set(table.RECIPIENT);
const amount = set(table.AMOUNT);
const bulk = set(table.BULK);
const currency = set(table.CURRENCY);

/** Says that a text is run, not looked up. */
const RUNS = set(
  'execute executed run evaluate evaluated javascript python typescript code script snippet shell bash powershell',
);
const QUERY_LANGUAGE = set('sql select t-sql mysql postgresql postgres sqlite bigquery cql dml');
const NAMED_QUERY = set('query statement queries statements');

export interface Trait {
  readonly signal: Signal;
  readonly parameter: Parameter;
}

/** The traits of all parameters, in their order. */
export function readParameters(parameters: readonly Parameter[]): Trait[] {
  const traits: Trait[] = [];
  const others = parameters.some(({ words }) =>
    words.some((word) => word === 'currency' || word === 'price'),
  );
  for (const parameter of parameters) {
    for (const signal of traitsOf(parameter, parameter.words, others)) traits.push({ signal, parameter });
  }
  return traits;
}

function traitsOf(parameter: Parameter, words: readonly string[], others: boolean): Signal[] {
  const found: Signal[] = [];
  const textual = parameter.types.length === 0 || parameter.types.includes('string');
  const has = (wanted: ReadonlySet<string>): boolean => words.some((word) => wanted.has(word));
  const last = words.at(-1) ?? '';
  if (textual && parameter.values.length === 0) {
    const told = textWords(parameter.description);
    const tells = (wanted: ReadonlySet<string>): boolean => told.some((word) => wanted.has(word));
    if (isSql(words, tells)) found.push('accepts-sql');
    else if (isCode(words, tells)) found.push('accepts-code');
    if (has(shell)) found.push('accepts-shell');
    if (url.has(last) || url.has(words[0] ?? '') || parameter.format === 'uri') found.push('accepts-url');
    if (has(path)) found.push('accepts-path');
    if (has(credential) || isToken(words)) found.push('accepts-credential');
    if (has(html)) found.push('accepts-html');
    if (recipient.has(words[0] ?? '') && words.length <= 2 && isRecipient(words, told))
      found.push('sends-data-out');
  }
  if (isMoney(parameter, words, others)) found.push('costs-money');
  if (parameter.types.includes('array') && parameter.depth === 0 && bulk.has(last)) found.push('bulk');
  if (parameter.types.includes('boolean') && words[0] === 'all') found.push('bulk');
  return found;
}

/** `others`: whether another parameter names a currency. */
function isMoney(
  { types, description, depth }: Parameter,
  words: readonly string[],
  others: boolean,
): boolean {
  if (depth > 1 || types.includes('boolean') || !words.some((word) => amount.has(word))) return false;
  if (words.some((word) => word !== 'amount' && word !== 'amounts' && amount.has(word)))
    return !words.includes('id');
  return others || textWords(description).some((word) => currency.has(word));
}

function isSql(words: readonly string[], tells: (wanted: ReadonlySet<string>) => boolean): boolean {
  if (words.some((word) => sql.has(word))) return true;
  return words.some((word) => NAMED_QUERY.has(word)) && tells(QUERY_LANGUAGE);
}

function isCode(words: readonly string[], tells: (wanted: ReadonlySet<string>) => boolean): boolean {
  if (!words.some((word) => code.has(word))) return false;
  if (!words.includes('code')) return words.length <= 3;
  if (words.some((word) => otherCodes.has(word))) return false;
  return words.length === 1
    ? true
    : tells(RUNS) || words.some((word) => word !== 'code' && code.has(word)) || words.includes('source');
}

function isToken(words: readonly string[]): boolean {
  if (words.at(-1) !== 'token')
    return (
      words.at(-1) === 'key' &&
      words.some((word) => word === 'api' || word === 'private' || word === 'secret')
    );
  return !words.some((word) =>
    ['page', 'next', 'continuation', 'cursor', 'sync', 'pagination', 'start', 'max'].includes(word),
  );
}

/** `to` and `from` are also the ends of a range. */
function isRecipient(words: readonly string[], told: readonly string[]): boolean {
  if (words[0] !== 'to') return true;
  return (
    words.length === 1 &&
    told.some((word) => /^(?:recipient|recipients|email|address|addresses|phone|number|send)$/.test(word))
  );
}
