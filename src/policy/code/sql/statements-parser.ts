/** Statements. What is not read here is refused by name. */
import { Queries } from './queries.ts';
import { HARMLESS_FUNCTIONS, RESERVED, TYPES } from './names.ts';
import type { Token } from './tokens.ts';

/** Words of definitions that stand before a parenthesis without calling anything. */
const DEFINING = new Set(
  'KEY UNIQUE CHECK REFERENCES INDEX IN VALUES AS DEFAULT IDENTITY CONSTRAINT USING ON COLUMN INCLUDE PRIMARY FOREIGN GENERATED ALWAYS BY AND OR NOT EXISTS AUTO_INCREMENT COMMENT'.split(
    ' ',
  ),
);

export class StatementsParser extends Queries {
  /** One statement up to `;` or the end. False: no more. @throws SqlSyntaxError */
  statement(): boolean {
    while (this.accept(';'));
    if (this.atEnd()) return false;
    this.#one();
    if (!this.atEnd()) this.expect(';');
    return true;
  }

  #one(): void {
    const start = this.token;
    if (this.is('SELECT', 'VALUES', 'TABLE', '(')) {
      this.events.statement('select', start);
      return this.query();
    }
    if (this.is('WITH')) return this.with(() => this.#afterWith());
    if (this.#changes()) return;
    if (this.accept('EXPLAIN')) return this.#explain(start);
    if (this.accept('TRUNCATE')) {
      this.events.statement('truncate', start);
      this.accept('TABLE');
      this.list(() => this.table());
      if (!this.accept('RESTART', 'IDENTITY')) this.accept('CONTINUE', 'IDENTITY');
      return void (this.accept('CASCADE') || this.accept('RESTRICT'));
    }
    if (this.accept('CREATE')) return this.#create(start);
    if (this.accept('DROP')) return this.#drop(start);
    if (this.accept('ALTER', 'TABLE')) {
      this.events.statement('alter_table', start);
      this.accept('IF', 'EXISTS');
      this.accept('ONLY');
      this.table();
      return this.#definition();
    }
    const transaction = this.#transaction();
    if (transaction !== undefined) return this.events.statement(transaction, start);
    this.events.statement(start.text.toLowerCase(), start);
    throw this.unexpected();
  }

  #transaction(): string | undefined {
    const kind =
      this.accept('BEGIN') || this.accept('START', 'TRANSACTION')
        ? 'begin'
        : this.accept('COMMIT') || this.accept('END')
          ? 'commit'
          : this.accept('ROLLBACK')
            ? 'rollback'
            : undefined;
    if (kind !== undefined && !this.accept('TRANSACTION')) this.accept('WORK');
    return kind;
  }

  #afterWith(): void {
    const start = this.token;
    if (this.#changes()) return;
    this.events.statement('select', start);
    this.query();
  }

  #changes(): boolean {
    const start = this.token;
    if (this.accept('INSERT') || this.accept('REPLACE')) this.#insert(start);
    else if (this.accept('UPDATE')) this.#update(start);
    else if (this.accept('DELETE')) this.#delete(start);
    else if (this.accept('MERGE')) this.#merge(start);
    else return false;
    return true;
  }

  #insert(start: Token): void {
    this.events.statement('insert', start);
    if (start.text === 'REPLACE') this.events.statement('delete', start);
    if (this.accept('OR')) {
      if (this.is('REPLACE')) this.events.statement('delete', this.token);
      this.next();
    }
    this.accept('IGNORE');
    this.accept('INTO');
    this.table();
    if (this.accept('AS')) this.namePart();
    if (this.is('(') && !this.startsQuery()) this.#columns();
    if (this.accept('OVERRIDING')) {
      this.next();
      this.expect('VALUE');
    }
    if (!this.accept('DEFAULT', 'VALUES')) this.query();
    if (this.accept('ON', 'DUPLICATE', 'KEY', 'UPDATE')) {
      this.events.statement('update', start);
      this.#assignments();
    } else if (this.accept('ON', 'CONFLICT')) this.#conflict(start);
    this.#returning();
  }

  #conflict(start: Token): void {
    if (this.accept('ON', 'CONSTRAINT')) this.namePart();
    else if (this.is('(')) this.parenthesised(() => this.list(() => this.expression()));
    if (this.accept('WHERE')) this.expression();
    this.expect('DO');
    if (this.accept('NOTHING')) return;
    this.expect('UPDATE', 'SET');
    this.events.statement('update', start);
    this.#assignments();
    if (this.accept('WHERE')) this.expression();
  }

  #update(start: Token): void {
    this.events.statement('update', start);
    if (this.accept('OR')) this.next();
    this.accept('ONLY');
    this.from();
    this.expect('SET');
    this.#assignments();
    if (this.accept('FROM')) this.from();
    if (this.accept('WHERE')) this.expression();
    if (this.is('ORDER')) this.orderBy();
    if (this.accept('LIMIT')) this.expression();
    this.#returning();
  }

  #delete(start: Token): void {
    this.events.statement('delete', start);
    this.expect('FROM');
    this.from();
    if (this.accept('USING')) this.from();
    if (this.accept('WHERE')) this.expression();
    if (this.is('ORDER')) this.orderBy();
    if (this.accept('LIMIT')) this.expression();
    this.#returning();
  }

  #merge(start: Token): void {
    this.events.statement('merge', start);
    this.accept('INTO');
    this.table();
    if (this.accept('AS')) this.namePart();
    else if (!this.is('USING')) this.namePart();
    this.expect('USING');
    this.from();
    this.expect('ON');
    this.expression();
    while (this.accept('WHEN')) {
      this.accept('NOT');
      this.expect('MATCHED');
      if (this.accept('BY')) this.next();
      if (this.accept('AND')) this.expression();
      this.expect('THEN');
      if (this.accept('UPDATE', 'SET')) this.#assignments();
      else if (this.accept('DELETE') || this.accept('DO', 'NOTHING')) continue;
      else {
        this.expect('INSERT');
        if (this.is('(')) this.#columns();
        if (!this.accept('DEFAULT', 'VALUES')) this.query();
      }
    }
    this.#returning();
  }

  #assignments(): void {
    this.list(() => {
      if (this.is('(')) this.#columns();
      else this.name();
      this.expect('=');
      this.expression();
    });
  }

  #columns(): void {
    this.parenthesised(() => this.list(() => void this.name()));
  }

  #returning(): void {
    if (this.accept('RETURNING')) this.selectList();
  }

  #explain(start: Token): void {
    this.events.statement('explain', start);
    if (this.is('(')) this.#skip();
    while (this.is('ANALYZE', 'VERBOSE', 'QUERY', 'PLAN')) this.next();
    this.#one();
  }

  #create(start: Token): void {
    while (this.is('TEMP', 'TEMPORARY', 'UNIQUE', 'MATERIALIZED', 'UNLOGGED')) this.next();
    if (this.accept('OR', 'REPLACE')) {
      this.events.statement('drop_view', start);
      if (!this.is('VIEW')) throw this.unexpected('VIEW');
    }
    if (this.accept('TABLE')) {
      this.events.statement('create_table', start);
      this.accept('IF', 'NOT', 'EXISTS');
      this.table();
      if (this.is('(')) this.#skip();
      if (this.accept('AS')) this.query();
      else this.#definition();
    } else if (this.accept('VIEW')) {
      this.events.statement('create_view', start);
      this.accept('IF', 'NOT', 'EXISTS');
      this.table();
      if (this.is('(')) this.#columns();
      this.expect('AS');
      this.query();
    } else if (this.accept('INDEX')) {
      this.events.statement('create_index', start);
      this.accept('CONCURRENTLY');
      this.accept('IF', 'NOT', 'EXISTS');
      if (!this.is('ON')) this.name();
      this.expect('ON');
      this.table();
      if (this.accept('USING')) this.namePart();
      this.parenthesised(() =>
        this.list(() => {
          this.expression();
          if (!this.accept('ASC')) this.accept('DESC');
        }),
      );
      if (this.accept('WHERE')) this.expression();
    } else {
      this.events.statement(`create ${this.token.text.toLowerCase()}`, start);
      throw this.unexpected();
    }
  }

  #drop(start: Token): void {
    this.accept('MATERIALIZED');
    const kind = this.next();
    this.events.statement(`drop_${kind.text.toLowerCase()}`, start);
    if (!['TABLE', 'VIEW', 'INDEX'].includes(kind.text)) throw this.unexpected();
    this.accept('CONCURRENTLY');
    this.accept('IF', 'EXISTS');
    if (kind.text === 'INDEX') {
      this.list(() => void this.name());
      if (this.accept('ON')) this.table();
    } else this.list(() => this.table());
    if (!this.accept('CASCADE')) this.accept('RESTRICT');
  }

  /** Options and clauses of a definition up to its end. */
  #definition(): void {
    while (this.token.kind !== 'end' && !this.is(';')) this.#piece();
  }

  /** A parenthesis of a definition: columns, constraints, defaults. */
  #skip(): void {
    this.expect('(');
    while (!this.is(')')) this.#piece();
    this.expect(')');
  }

  #piece(): void {
    const { token } = this;
    if (this.is('(')) return this.startsQuery() ? this.parenthesised(() => this.query()) : this.#skip();
    if (
      token.kind === 'end' ||
      this.is(')', ';') ||
      (token.kind === 'word' &&
        [
          'SELECT',
          'INSERT',
          'UPDATE',
          'DELETE',
          'EXECUTE',
          'PROCEDURE',
          'FUNCTION',
          'TRIGGER',
          'OWNER',
          'DIRECTORY',
          'INHERIT',
          'SERVER',
          'TABLESPACE',
          'LOCATION',
          'UNION',
        ].includes(token.text) &&
        !this.#isAction())
    )
      throw this.unexpected();
    if (this.accept('REFERENCES')) return this.table();
    this.next();
    const calls = this.is('(') && (token.kind === 'quoted' || token.kind === 'word');
    if (
      calls &&
      !TYPES.has(token.text) &&
      !DEFINING.has(token.text) &&
      !RESERVED.has(token.text) &&
      !HARMLESS_FUNCTIONS.has(token.text.toLowerCase())
    )
      this.events.call([token]);
  }

  /** `ON DELETE CASCADE`, `ON UPDATE SET NULL` */
  #isAction(): boolean {
    return this.is('UPDATE', 'DELETE') && this.peek(-1).text === 'ON';
  }
}
