/** Reads tokens one by one, and names what it finds. */
import { RESERVED } from './names.ts';
import { SqlSyntaxError, type Token } from './tokens.ts';

/** What the text names: each is checked where it stands. */
export interface SqlEvents {
  table(name: readonly Token[]): void;
  call(name: readonly Token[]): void;
  statement(kind: string, token: Token): void;
  refuse(token: Token, message: string): void;
}

/** Parentheses looked through for the query that they may hold. */
const DEEPEST_OPENING = 50;
/** Server, database, schema, table, column. */
const MOST_NAME_PARTS = 5;

export abstract class Reader {
  readonly #tokens: readonly Token[];
  protected readonly events: SqlEvents;
  #place = 0;

  constructor(tokens: readonly Token[], events: SqlEvents) {
    this.#tokens = tokens;
    this.events = events;
  }

  protected atEnd(): boolean {
    return this.token.kind === 'end';
  }

  protected get token(): Token {
    return this.#tokens[this.#place]!;
  }

  protected peek(offset = 1): Token {
    return this.#tokens[Math.min(this.#place + offset, this.#tokens.length - 1)]!;
  }

  protected next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#place += 1;
    return token;
  }

  protected is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'word' || kind === 'symbol') && texts.includes(text);
  }

  /** Takes the words, if all of them come next. */
  protected accept(...texts: readonly string[]): boolean {
    const all = texts.every((text, offset) => {
      const token = this.peek(offset);
      return (token.kind === 'word' || token.kind === 'symbol') && token.text === text;
    });
    if (all) this.#place += texts.length;
    return all;
  }

  protected expect(...texts: readonly string[]): void {
    if (!this.accept(...texts)) throw this.unexpected(texts.join(' '));
  }

  protected unexpected(wanted?: string): SqlSyntaxError {
    const { kind, text, from } = this.token;
    const found = kind === 'end' ? 'the end' : text.slice(0, 40);
    return new SqlSyntaxError(
      wanted === undefined ? `unexpected ${found}` : `expected ${wanted}, not ${found}`,
      from,
    );
  }

  protected startsQuery(offset = 0): boolean {
    let at = offset;
    while (at < offset + DEEPEST_OPENING && this.peek(at).text === '(' && this.peek(at).kind === 'symbol')
      at += 1;
    const { kind, text } = this.peek(at);
    return (
      kind === 'word' &&
      ['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(text) &&
      !(text === 'VALUES' && this.peek(at + 1).text !== '(')
    );
  }

  /** A dotted name. */
  protected name(): readonly Token[] {
    const parts = [this.namePart()];
    while (this.accept('.')) parts.push(this.namePart());
    if (parts.length > MOST_NAME_PARTS) throw this.unexpected();
    return parts;
  }

  protected namePart(): Token {
    const { token } = this;
    if (token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.text))) return this.next();
    throw this.unexpected('a name');
  }

  protected list(item: () => void): void {
    do item();
    while (this.accept(','));
  }

  /** `( … )` */
  protected parenthesised(inside: () => void): void {
    this.expect('(');
    inside();
    this.expect(')');
  }
}
