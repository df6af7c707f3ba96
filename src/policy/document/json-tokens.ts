/** The words of strict JSON, one at a time. Spellings of JSON's relatives are refused by name. */
import type { Json } from '../../json.ts';

export interface JsonToken {
  readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'number' | 'word';
  readonly value: Json;
  readonly start: number;
  readonly end: number;
}

export class JsonSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const PUNCTUATION = '{}[]:,';
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NUMBER_LIKE = /[-+.0-9][-+.0-9a-zA-Z_]*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const WORDS = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** @throws JsonSyntaxError saying what was expected */
export function readToken(text: string, from: number, expected: string): JsonToken {
  const start = skipSpace(text, from);
  const first = text[start];
  if (first === undefined) throw new JsonSyntaxError(`Expected ${expected}, got the end of the text.`, start);
  if (PUNCTUATION.includes(first)) return { kind: first as JsonToken['kind'], value: null, start, end: start + 1 };
  if (first === '"') return readString(text, start);
  if (first === "'") throw new JsonSyntaxError('Expected double quotes: JSON strings do not take single ones.', start);
  if (first === '/' || first === '#') throw new JsonSyntaxError('Expected JSON without comments.', start);
  const number = match(NUMBER_LIKE, text, start);
  if (number !== undefined) {
    if (match(NUMBER, text, start) !== number) throw new JsonSyntaxError(`Expected a JSON number, got ${number.slice(0, 40)}.`, start);
    return { kind: 'number', value: Number(number), start, end: start + number.length };
  }
  const word = match(WORD, text, start);
  const value = word === undefined ? undefined : WORDS.get(word);
  if (word === undefined || value === undefined) {
    throw new JsonSyntaxError(`Expected ${expected}, got ${JSON.stringify(word?.slice(0, 40) ?? String.fromCodePoint(text.codePointAt(start)!))}.`, start);
  }
  return { kind: 'word', value, start, end: start + word.length };
}

function readString(text: string, start: number): JsonToken {
  let value = '';
  let at = start + 1;
  for (;;) {
    const plain = match(PLAIN, text, at) ?? '';
    value += plain;
    at += plain.length;
    const next = text[at];
    if (next === '"') break;
    if (next === undefined) throw new JsonSyntaxError('Expected a closing quote, got the end of the text.', start);
    if (next !== '\\') throw new JsonSyntaxError('Expected no control characters or line breaks within a string; escape them.', at);
    const escape = text[at + 1] ?? '';
    const hex = escape === 'u' ? /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6)) : null;
    const character = hex === null ? ESCAPES[escape] : String.fromCharCode(Number.parseInt(hex[0], 16));
    if (character === undefined) throw new JsonSyntaxError(`Expected a JSON escape, got "\\${escape}".`, at);
    value += character;
    at += hex === null ? 2 : 6;
  }
  if (!value.isWellFormed()) throw new JsonSyntaxError('Expected whole characters, got half of a surrogate pair.', start);
  return { kind: 'string', value, start, end: at + 1 };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
