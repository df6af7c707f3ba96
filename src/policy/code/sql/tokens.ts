/** SQL as tokens. What dialects read differently is refused unless the policy names the dialect. */
import type { Steps } from '../checker.ts';
import type { SqlDialect } from '../types.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'parameter' | 'end';
  /** Of words in upper case; of quoted names without the quotes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export class SqlSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const SYMBOLS = /->>|#>>|->|#>|<=>|<>|!=|<=|>=|\|\||::|@>|<@|!~\*|!~|~\*|&&|=>|[=<>+\-*/%(),.;~|&^[\]:?]/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}_])/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const PARAMETER = /\$\d+|:[A-Za-z_]\w*|@[A-Za-z_]\w*/y;

/** @throws SqlSyntaxError */
export function* tokensOf(text: string, dialect: SqlDialect | undefined): Steps<readonly Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  const matched = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token['kind'], value: string, to: number): void => {
    tokens.push({ kind, text: value, from: at, to });
    at = to;
  };
  for (let count = 1; at < text.length; count += 1) {
    if (count % 1000 === 0) yield;
    const character = text[at]!;
    if (/[ \t\r\n]/.test(character)) at += 1;
    else if (text.startsWith('--', at)) at = lineComment(text, at, dialect);
    else if (character === '#' && dialect === 'mysql') at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) at = blockComment(text, at);
    else if (character === "'") push('string', ...quoted(text, at, "'", dialect));
    else if (character === '"')
      push(
        dialect === 'mysql' ? 'string' : 'quoted',
        ...quoted(text, at, '"', dialect === 'mysql' ? dialect : 'postgresql'),
      );
    else if (character === '`') {
      if (dialect === 'postgresql' || dialect === 'mssql') throw new SqlSyntaxError('a backquote', at);
      push('quoted', ...quoted(text, at, '`', 'postgresql'));
    } else if (character === '[' && (dialect === 'mssql' || dialect === 'sqlite')) {
      const end = text.indexOf(']', at);
      if (end === -1 || text[end + 1] === ']') throw new SqlSyntaxError('a quoted name that is not read', at);
      push('quoted', text.slice(at + 1, end), end + 1);
    } else {
      const number = matched(NUMBER);
      const word = number === undefined ? matched(WORD) : undefined;
      const parameter = number ?? word ?? (text[at - 1] === ':' ? undefined : matched(PARAMETER));
      if (word !== undefined) {
        const next = text[at + word.length];
        if (next === "'" && word.length === 1 && !/[eE]/.test(word))
          throw new SqlSyntaxError(`a string with the prefix ${word}`, at);
        if (next === "'" && /^[eE]$/.test(word)) {
          if (dialect !== 'postgresql') throw new SqlSyntaxError('a string with the prefix E', at);
          at += 1;
          push('string', ...quoted(text, at, "'", 'mysql'));
          continue;
        }
        if (/^[uU]$/.test(word) && next === '&' && /['"]/.test(text[at + 2] ?? ''))
          throw new SqlSyntaxError('unicode escapes', at);
        if (next === "'" && word.startsWith('_'))
          throw new SqlSyntaxError('a string with a character set', at);
        if (!/^[\w$]+$/.test(word) && word.normalize('NFKC') !== word)
          throw new SqlSyntaxError('a name that may be read as another', at);
        push('word', word.toUpperCase(), at + word.length);
      } else if (number !== undefined) push('number', number, at + number.length);
      else if (parameter !== undefined) push('parameter', parameter, at + parameter.length);
      else {
        const symbol = matched(SYMBOLS);
        if (symbol === undefined) throw new SqlSyntaxError(`unexpected ${character}`, at);
        push('symbol', symbol, at + symbol.length);
      }
    }
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}

function lineComment(text: string, at: number, dialect: SqlDialect | undefined): number {
  if ((dialect === undefined || dialect === 'mysql') && !/^(?:\s|$)/.test(text.slice(at + 2, at + 3)))
    throw new SqlSyntaxError('-- without a blank behind it, which is a comment in some dialects only', at);
  return lineEnd(text, at);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function blockComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  if (end === -1) throw new SqlSyntaxError('a comment does not end', at);
  const body = text.slice(at + 2, end);
  if (/^[!+]|^M!/.test(body)) throw new SqlSyntaxError('a comment that some dialects run', at);
  if (body.includes('/*'))
    throw new SqlSyntaxError('a comment within a comment, which dialects end differently', at);
  return end + 2;
}

/** @param dialect whether a backslash escapes: in MySQL it does, elsewhere not, and unless it is known it must not appear */
function quoted(
  text: string,
  start: number,
  quote: string,
  dialect: SqlDialect | undefined,
): [string, number] {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '\\' && dialect === undefined)
      throw new SqlSyntaxError('a backslash in a string, which dialects read differently', at);
    if (character === '\\' && dialect === 'mysql') {
      value += text[at + 1] ?? '';
      at += 1;
    } else if (character !== quote) value += character;
    else if (text[at + 1] === quote) {
      value += quote;
      at += 1;
    } else return [value, at + 1];
  }
  throw new SqlSyntaxError('a quote does not end', start);
}
