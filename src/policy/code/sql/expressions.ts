/** Expressions: operands and operators in turn, with every call and every query inside named. Precedence changes nothing here. */
import { BARE_VALUES, RESERVED, TELLING, TYPES } from './names.ts';
import { Reader } from './reader.ts';
import { SqlSyntaxError, type Token } from './tokens.ts';

const BINARY = new Set(
  '= <> != < > <= >= <=> + - * / % || -> ->> #> #>> @> <@ ~ ~* !~ !~* && | & ^ ? =>'.split(' '),
);
const WORD_OPERATORS = new Set([
  'AND',
  'OR',
  'XOR',
  'LIKE',
  'ILIKE',
  'RLIKE',
  'REGEXP',
  'GLOB',
  'DIV',
  'MOD',
  'ESCAPE',
  'OVERLAPS',
  'SIMILAR',
  'MATCH',
]);
const INSIDE_CALLS = new Set([
  'FROM',
  'FOR',
  'AS',
  'USING',
  'IN',
  'SEPARATOR',
  'PLACING',
  'TO',
  'ON',
  'VALUE',
  'ABSENT',
  'RETURNING',
]);
const DEEPEST = 200;

export abstract class Expressions extends Reader {
  #depth = 0;

  /** `SELECT …`, `VALUES …`, `WITH …`, or one in parentheses. */
  protected abstract query(): void;

  expression(): void {
    if ((this.#depth += 1) > DEEPEST) throw new SqlSyntaxError('nested too deep', this.token.from);
    this.#operand();
    while (this.#operator());
    this.#depth -= 1;
  }

  /** Takes an operator with what belongs behind it. */
  #operator(): boolean {
    const { kind, text } = this.token;
    if (kind === 'symbol' && text === '::') {
      this.next();
      this.type();
      return true;
    }
    if (kind === 'symbol' && text === '[') {
      this.next();
      if (!this.is(':')) this.expression();
      if (this.accept(':') && !this.is(']')) this.expression();
      this.expect(']');
      return true;
    }
    if (kind === 'symbol' && BINARY.has(text)) {
      this.next();
      this.#operand();
      return true;
    }
    if (kind === 'parameter' && text.startsWith('@')) throw this.unexpected();
    if (kind !== 'word') return false;
    if (this.accept('IS')) {
      this.accept('NOT');
      if (this.accept('DISTINCT', 'FROM')) this.#operand();
      else if (
        !this.accept('NULL') &&
        !this.accept('TRUE') &&
        !this.accept('FALSE') &&
        !this.accept('UNKNOWN')
      )
        this.#operand();
      return true;
    }
    if (this.accept('ISNULL') || this.accept('NOTNULL') || this.accept('NOT', 'NULL')) return true;
    if (this.accept('AT', 'TIME', 'ZONE')) {
      this.#operand();
      return true;
    }
    if (this.accept('COLLATE')) {
      this.name();
      return true;
    }
    const negated =
      this.is('NOT') &&
      ['IN', 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP', 'GLOB', 'BETWEEN', 'SIMILAR', 'MATCH'].includes(
        this.peek().text,
      );
    if (negated) this.next();
    if (this.accept('IN')) {
      if (this.is('(')) this.#inList();
      else this.#operand();
      return true;
    }
    if (this.accept('BETWEEN')) {
      this.accept('SYMMETRIC');
      this.#bound();
      this.expect('AND');
      this.#bound();
      return true;
    }
    if (!WORD_OPERATORS.has(this.token.text)) return false;
    if (this.next().text === 'SIMILAR') this.expect('TO');
    this.#operand();
    return true;
  }

  /** A bound of BETWEEN: its own AND belongs to it. */
  #bound(): void {
    this.#operand();
    while (!this.is('AND', 'OR') && this.#operator());
  }

  #inList(): void {
    this.parenthesised(() => {
      if (this.startsQuery()) this.query();
      else if (!this.is(')')) this.list(() => this.expression());
    });
  }

  #operand(): void {
    while (this.is('NOT', '-', '+', '~', 'BINARY', 'PRIOR')) this.next();
    const { token } = this;
    switch (token.kind) {
      case 'string':
        this.next();
        while (this.token.kind === 'string') this.next();
        return;
      case 'number':
        this.next();
        return;
      case 'parameter':
        if (token.text.startsWith('@')) throw new SqlSyntaxError('variables are not read', token.from);
        this.next();
        return;
      case 'quoted':
        return this.#named();
      case 'symbol':
        if (token.text === '(') return this.#group();
        if (token.text === '*' || token.text === '?') return void this.next();
        throw this.unexpected();
      case 'end':
        throw this.unexpected();
      case 'word':
        return this.#word();
    }
  }

  #group(): void {
    this.parenthesised(() => {
      if (this.startsQuery()) this.query();
      else this.list(() => this.expression());
    });
    // `(row).column`
    while (this.accept('.')) if (!this.accept('*')) this.namePart();
  }

  #word(): void {
    const { token } = this;
    if (this.accept('CASE')) return this.#case();
    if (this.accept('EXISTS') || this.accept('UNIQUE', '(')) {
      this.parenthesised(() => this.query());
      return;
    }
    if (this.is('CAST', 'TRY_CAST') && this.peek().text === '(') {
      this.next();
      this.parenthesised(() => {
        this.expression();
        this.expect('AS');
        this.type();
      });
      return;
    }
    if (this.is('ARRAY') && this.peek().text === '[') {
      this.next();
      this.next();
      if (!this.is(']')) this.list(() => this.expression());
      this.expect(']');
      return;
    }
    if (this.is('ANY', 'ALL', 'SOME', 'ARRAY', 'ROW') && this.peek().text === '(') {
      this.next();
      return this.#inList();
    }
    if (this.is('INTERVAL') && this.peek().text !== '.') {
      this.next();
      if (this.token.kind === 'string') this.next();
      else this.#operand();
      if (this.is('YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'MICROSECOND'))
        this.next();
      return;
    }
    if (this.is('DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMPTZ') && this.peek().kind === 'string') {
      this.next();
      this.next();
      return;
    }
    if (TELLING.has(token.text) && this.peek().text !== '(') {
      this.events.call([token]);
      return void this.next();
    }
    if (BARE_VALUES.has(token.text) && this.peek().text !== '(') return void this.next();
    const isCall = this.peek().text === '(' && this.peek().kind === 'symbol';
    if (
      RESERVED.has(token.text) &&
      !(
        isCall &&
        ['LEFT', 'RIGHT', 'VALUES', 'DEFAULT', 'REPLACE', 'IF', 'INSERT', 'CHAR', 'MATCH'].includes(
          token.text,
        )
      )
    )
      throw this.unexpected();
    this.#named();
  }

  #case(): void {
    if (!this.is('WHEN')) this.expression();
    while (this.accept('WHEN')) {
      this.expression();
      this.expect('THEN');
      this.expression();
    }
    if (this.accept('ELSE')) this.expression();
    this.expect('END');
  }

  /** A column, `table.*`, or a call. */
  #named(): void {
    const parts = [this.next()];
    while (this.accept('.')) {
      if (this.accept('*')) return;
      parts.push(this.token.kind === 'word' ? this.next() : this.namePart());
    }
    if (this.is('(')) this.call(parts);
  }

  /** `(arguments)` behind a name, with what aggregates and windows add. */
  protected call(name: readonly Token[]): void {
    this.events.call(name);
    this.parenthesised(() => this.#arguments());
    if (this.accept('WITHIN', 'GROUP')) this.parenthesised(() => this.orderBy());
    if (this.accept('FILTER'))
      this.parenthesised(() => {
        this.expect('WHERE');
        this.expression();
      });
    if (this.accept('IGNORE', 'NULLS') || this.accept('RESPECT', 'NULLS') || this.accept('FROM', 'FIRST'))
      this.accept('FROM', 'LAST');
    if (this.accept('OVER')) {
      if (this.is('(')) this.window();
      else this.namePart();
    }
    while (this.accept('.')) this.namePart();
  }

  #arguments(): void {
    if (this.is(')')) return;
    if (this.startsQuery()) return this.query();
    if (!this.accept('DISTINCT')) this.accept('ALL');
    for (const word of ['BOTH', 'LEADING', 'TRAILING']) if (this.accept(word) && this.is('FROM')) this.next();
    do this.expression();
    while (this.accept(',') || this.#joins());
  }

  /** Words that stand between the arguments of some functions. */
  #joins(): boolean {
    if (this.is('ORDER')) {
      this.orderBy();
      if (this.is('SEPARATOR')) return this.#joins();
      return false;
    }
    if (this.token.kind !== 'word' || !INSIDE_CALLS.has(this.token.text)) return false;
    const { text } = this.next();
    if (text !== 'AS' && text !== 'USING') return true;
    this.type();
    return this.accept(',');
  }

  window(): void {
    this.parenthesised(() => {
      if (
        this.token.kind === 'word' &&
        !['PARTITION', 'ORDER', 'ROWS', 'RANGE', 'GROUPS'].includes(this.token.text)
      )
        this.namePart();
      if (this.accept('PARTITION', 'BY')) this.list(() => this.expression());
      if (this.is('ORDER')) this.orderBy();
      if (this.accept('ROWS') || this.accept('RANGE') || this.accept('GROUPS')) {
        const bounded = this.accept('BETWEEN');
        this.#frameBound();
        if (bounded) {
          this.expect('AND');
          this.#frameBound();
        }
        if (this.accept('EXCLUDE'))
          while (this.is('CURRENT', 'ROW', 'GROUP', 'TIES', 'NO', 'OTHERS')) this.next();
      }
    });
  }

  #frameBound(): void {
    if (this.accept('CURRENT', 'ROW')) return;
    if (!this.accept('UNBOUNDED')) this.#bound();
    if (!this.accept('PRECEDING')) this.expect('FOLLOWING');
  }

  orderBy(): void {
    this.expect('ORDER', 'BY');
    this.list(() => {
      this.expression();
      if (!this.accept('ASC')) this.accept('DESC');
      if (this.accept('NULLS') && !this.accept('FIRST')) this.expect('LAST');
    });
  }

  /** A type: words, a size, array brackets. */
  protected type(): void {
    const start = this.namePart();
    while (this.accept('.')) this.namePart();
    while (
      this.is('PRECISION', 'VARYING', 'UNSIGNED', 'SIGNED') ||
      (TYPES.has(start.text) && this.is('WITH', 'WITHOUT') && this.peek().text === 'TIME')
    ) {
      if (this.is('WITH', 'WITHOUT')) this.expect(this.token.text, 'TIME', 'ZONE');
      else this.next();
    }
    if (this.is('('))
      this.parenthesised(() =>
        this.list(() => {
          if (!['number', 'string'].includes(this.token.kind) && !this.is('MAX'))
            throw this.unexpected('a size');
          this.next();
        }),
      );
    if (this.is('WITH', 'WITHOUT') && this.peek().text === 'TIME')
      this.expect(this.token.text, 'TIME', 'ZONE');
    while (this.accept('[')) {
      if (this.token.kind === 'number') this.next();
      this.expect(']');
    }
  }
}
