/** Queries: common table expressions, SELECT with all its clauses, joins, set operations. */
import { Expressions } from './expressions.ts';
import { RESERVED } from './names.ts';
import type { Token } from './tokens.ts';

const SET_OPERATIONS = ['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'];

export abstract class Queries extends Expressions {
  /** Names of common table expressions that are in sight. */
  #common: string[] = [];

  protected isCommon(name: readonly Token[]): boolean {
    return name.length === 1 && this.#common.includes(name[0]!.text.toUpperCase());
  }

  /** `WITH …` before a statement; what it binds stays in sight for `body`. */
  protected with(body: () => void): void {
    const before = this.#common;
    if (this.accept('WITH')) {
      const recursive = this.accept('RECURSIVE');
      this.list(() => {
        const name = this.namePart();
        // Not recursive, a name is in sight only behind its own definition.
        if (recursive) this.#common = [...this.#common, name.text.toUpperCase()];
        if (this.is('(')) this.parenthesised(() => this.list(() => this.namePart()));
        this.expect('AS');
        if (this.accept('NOT', 'MATERIALIZED')) this.accept('MATERIALIZED');
        else this.accept('MATERIALIZED');
        this.parenthesised(() => {
          if (!this.startsQuery()) {
            this.events.refuse(this.token, 'a common table expression that changes data');
            throw this.unexpected('SELECT');
          }
          this.query();
        });
        this.#common = [...this.#common, name.text.toUpperCase()];
      });
    }
    body();
    this.#common = before;
  }

  protected query(): void {
    this.with(() => {
      this.#operand();
      while (this.is(...SET_OPERATIONS)) {
        this.next();
        if (!this.accept('ALL')) this.accept('DISTINCT');
        this.#operand();
      }
      this.#tail();
    });
  }

  #operand(): void {
    if (this.accept('(')) {
      this.query();
      this.expect(')');
    } else if (this.accept('VALUES')) this.list(() => this.#row());
    else if (this.accept('TABLE')) this.table();
    else this.#select();
  }

  #row(): void {
    this.accept('ROW');
    this.parenthesised(() => this.list(() => this.expression()));
  }

  protected table(): void {
    const name = this.name();
    if (!this.isCommon(name)) this.events.table(name);
  }

  #select(): void {
    this.expect('SELECT');
    if (this.accept('DISTINCT')) {
      if (this.accept('ON')) this.parenthesised(() => this.list(() => this.expression()));
    } else this.accept('ALL');
    if (this.accept('TOP')) {
      if (this.is('(')) this.parenthesised(() => this.expression());
      else this.next();
      this.accept('PERCENT');
      this.accept('WITH', 'TIES');
    }
    this.selectList();
    if (this.is('INTO')) {
      this.events.refuse(this.token, 'SELECT INTO writes a table or a file');
      throw this.unexpected();
    }
    if (this.accept('FROM')) this.from();
    if (this.accept('WHERE')) this.expression();
    if (this.accept('GROUP', 'BY')) this.#groupBy();
    if (this.accept('HAVING')) this.expression();
    if (this.accept('WINDOW'))
      this.list(() => {
        this.namePart();
        this.expect('AS');
        this.window();
      });
    if (this.accept('QUALIFY')) this.expression();
  }

  /** Expressions with their aliases. */
  protected selectList(): void {
    if (this.is('FROM')) return;
    this.list(() => {
      this.expression();
      this.#alias(true);
    });
  }

  #alias(orText: boolean): void {
    const { token } = this;
    if (this.accept('AS')) {
      if (orText && this.token.kind === 'string') this.next();
      else if (this.token.kind === 'word' || this.token.kind === 'quoted') this.next();
      else throw this.unexpected('a name');
    } else if (token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.text))) this.next();
  }

  #groupBy(): void {
    this.list(() => {
      if (this.accept('GROUPING', 'SETS') || this.accept('ROLLUP') || this.accept('CUBE'))
        this.parenthesised(() =>
          this.list(() => {
            if (this.accept('(')) {
              if (!this.is(')')) this.list(() => this.expression());
              this.expect(')');
            } else this.expression();
          }),
        );
      else this.expression();
    });
    this.accept('WITH', 'ROLLUP');
  }

  protected from(): void {
    this.list(() => this.#joined());
  }

  #joined(): void {
    this.#source();
    for (;;) {
      if ((this.is('CROSS') || this.is('OUTER')) && this.peek().text === 'APPLY') {
        this.next();
        this.next();
        this.#source();
        continue;
      }
      const start = this.token;
      const natural = this.accept('NATURAL');
      const inner = this.accept('INNER') || this.accept('CROSS') || this.accept('STRAIGHT_JOIN');
      if (!inner && (this.accept('LEFT') || this.accept('RIGHT') || this.accept('FULL')))
        this.accept('OUTER');
      if (start.text !== 'STRAIGHT_JOIN' && !this.accept('JOIN')) {
        if (this.token !== start || natural) throw this.unexpected('JOIN');
        return;
      }
      this.#source();
      if (this.accept('ON')) this.expression();
      else if (this.accept('USING')) this.parenthesised(() => this.list(() => this.namePart()));
    }
  }

  #source(): void {
    const lateral = this.accept('LATERAL');
    if (this.is('(')) {
      if (this.startsQuery()) this.parenthesised(() => this.query());
      else this.parenthesised(() => this.#joined());
    } else {
      this.accept('ONLY');
      const name = this.#sourceName();
      if (this.is('(')) {
        this.call(name);
        this.accept('WITH', 'ORDINALITY');
      } else if (lateral) throw this.unexpected('(');
      else if (!this.isCommon(name)) this.events.table(name);
      this.accept('*');
    }
    this.#alias(false);
    if (this.is('('))
      this.parenthesised(() =>
        this.list(() => {
          this.namePart();
          if (!this.is(',', ')')) this.type();
        }),
      );
    if (this.accept('TABLESAMPLE')) {
      this.namePart();
      this.parenthesised(() => this.expression());
    }
  }

  #sourceName(): readonly Token[] {
    if (this.is('VALUES')) throw this.unexpected('a table');
    return this.name();
  }

  #tail(): void {
    if (this.is('ORDER')) this.orderBy();
    for (;;) {
      if (this.accept('LIMIT')) {
        if (!this.accept('ALL')) this.expression();
        if (this.accept(',')) this.expression();
      } else if (this.accept('OFFSET')) {
        this.expression();
        if (!this.accept('ROWS')) this.accept('ROW');
      } else if (this.accept('FETCH')) {
        if (!this.accept('FIRST')) this.expect('NEXT');
        if (!this.is('ROW', 'ROWS')) this.expression();
        if (!this.accept('ROWS')) this.expect('ROW');
        if (!this.accept('ONLY')) this.expect('WITH', 'TIES');
      } else if (this.is('FOR')) {
        const lock = this.next();
        while (this.is('NO', 'KEY')) this.next();
        if (!this.accept('SHARE')) this.expect('UPDATE');
        this.events.statement('update', lock);
        if (this.accept('OF')) this.list(() => this.name());
        if (!this.accept('NOWAIT')) this.accept('SKIP', 'LOCKED');
      } else return;
    }
  }
}
