/** Simple commands: words, assignments, redirections and here-documents, with what separates them (POSIX 2.3, 2.7, 2.9.1). */
import {
  ShellSyntaxError,
  staticText,
  type Assignment,
  type Redirection,
  type Script,
  type Simple,
  type Word,
} from './syntax.ts';
import { Words } from './words.ts';

const REDIRECTION = /^(?:\d+)?(?:<<<|<<-|<<|<>|<&|<|>>|>\||>&|>|&>>|&>)/;

interface Heredoc {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripsTabs: boolean;
}

export abstract class SimpleCommands {
  protected readonly source: string;
  protected readonly script: Script;
  protected readonly words: Words;
  protected inFunction: boolean;
  #heredocs: Heredoc[] = [];
  /** Here-documents of commands around this substitution, whose lines are still to come. */
  #waiting = 0;

  constructor(source: string, script: Script, inFunction: boolean) {
    this.source = source;
    this.script = script;
    this.inFunction = inFunction;
    this.words = new Words(source, script, {
      commands: (at) => this.nested(at),
      text: (text, at) => this.nestedText(text, at),
    });
  }

  protected abstract nested(at: number): { end: number; commands: readonly Simple[] };
  protected abstract nestedText(text: string, at: number): readonly Simple[];

  protected simple(): void {
    const from = this.words.at;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    let parted = false;
    for (;;) {
      this.blank(false);
      if (this.redirection(redirections)) {
        parted ||= words.length > 0 && redirections.at(-1)?.operator.startsWith('&>') === true;
        continue;
      }
      const assignment = words.length === 0 ? this.assignment() : undefined;
      if (assignment !== undefined) {
        assignments.push(assignment);
        continue;
      }
      const word = this.words.word();
      if (word === undefined) {
        // `declare -a names=(…)`
        if (
          this.source[this.words.at] === '(' &&
          words.length > 1 &&
          (staticText(words.at(-1)!) ?? '').endsWith('=')
        ) {
          this.array();
          continue;
        }
        break;
      }
      if (parted)
        throw new ShellSyntaxError('a POSIX shell runs what follows &>; put the redirection last', word.from);
      words.push(word);
    }
    if (assignments.length + words.length + redirections.length === 0) throw this.unexpected();
    this.script.commands.push({
      from,
      to: this.words.at,
      assignments,
      words,
      redirections,
      inFunction: this.inFunction,
    });
  }

  protected assignment(): Assignment | undefined {
    const from = this.words.at;
    const head = /^([A-Za-z_]\w*)(\[[^\]\s'"`(]*\])?(\+?)=/.exec(this.source.slice(from, from + 300));
    if (head === null) return undefined;
    const [whole, name, subscript, plus] = head;
    this.words.at += whole.length;
    for (const match of (subscript ?? '').matchAll(/[A-Za-z_]\w*/g))
      this.script.computed.push({ name: match[0], from, to: from + whole.length });
    const isArray = this.source[this.words.at] === '(';
    if (isArray) this.array();
    const value = isArray ? undefined : this.words.word();
    return {
      name: name!,
      from,
      to: this.words.at,
      appends: plus === '+',
      value:
        isArray || subscript !== undefined
          ? undefined
          : (value ?? { from: this.words.at, to: this.words.at, parts: [] }),
    };
  }

  protected array(): void {
    this.take('(');
    for (this.blank(true); this.source[this.words.at] !== ')'; this.blank(true)) {
      const word = this.words.word();
      if (word === undefined) throw this.unexpected();
      this.subscript(word);
    }
    this.take(')');
  }

  /** `[i]=x` in a list: arithmetic evaluates the subscript. */
  protected subscript({ from, to, parts }: Word): void {
    const [first] = parts;
    if (first?.kind !== 'text' || first.quoted || !first.text.startsWith('[')) return;
    for (const part of parts) {
      if (part.kind === 'variable') this.script.computed.push({ name: part.name, from, to });
      if (part.kind !== 'text') continue;
      if (part.inert && /[[$`]/.test(part.text))
        throw new ShellSyntaxError('arithmetic evaluates this text', from);
      const end = part.quoted ? -1 : part.text.indexOf(']=');
      const [subscript] = part.text.split(']=');
      for (const [name] of subscript!.matchAll(/[A-Za-z_]\w*/g))
        this.script.computed.push({ name, from, to });
      if (end !== -1) return;
    }
  }

  protected redirection(into: Redirection[]): boolean {
    const operator = REDIRECTION.exec(this.source.slice(this.words.at, this.words.at + 8))?.[0];
    if (
      operator === undefined ||
      (/^[<>]$/.test(operator.replace(/^\d+/, '')) && this.source[this.words.at + operator.length] === '(')
    )
      return false;
    this.words.at += operator.length;
    this.blank(false);
    const target = this.words.word();
    if (target === undefined) throw this.unexpected();
    const kind = operator.replace(/^\d+/, '');
    if (kind === '<<' || kind === '<<-') {
      const delimiter = staticText(target);
      if (delimiter === undefined)
        throw new ShellSyntaxError('the end of a here-document must be a plain word', target.from);
      this.#heredocs.push({
        delimiter,
        literal: target.parts.some((part) => part.kind === 'text' && part.quoted),
        stripsTabs: kind === '<<-',
      });
    } else into.push({ operator: kind, target });
    return true;
  }

  /** Redirections behind a compound command. */
  protected trailing(): void {
    for (this.blank(false); this.redirection(this.script.redirections); this.blank(false));
  }

  /** A substitution, with here-documents of its own. @throws ShellSyntaxError where it is not plain whose lines are whose */
  protected withOwnHeredocs(inside: () => void): void {
    const outer = this.#heredocs;
    this.#heredocs = [];
    this.#waiting += outer.length;
    inside();
    if (this.#heredocs.length > 0)
      throw new ShellSyntaxError('a here-document does not end within its substitution', this.words.at);
    this.#waiting -= outer.length;
    this.#heredocs = outer;
  }

  protected get awaitsLines(): boolean {
    return this.#heredocs.length + this.#waiting > 0;
  }

  protected newline(): void {
    if (this.#waiting > 0)
      throw new ShellSyntaxError('lines of a substitution before those of a here-document', this.words.at);
    this.words.at += 1;
    const pending = this.#heredocs;
    this.#heredocs = [];
    for (const heredoc of pending) this.heredoc(heredoc);
  }

  protected heredoc({ delimiter, literal, stripsTabs }: Heredoc): void {
    const start = this.words.at;
    let at = start;
    let before: string | undefined;
    for (;;) {
      if (at >= this.source.length)
        throw new ShellSyntaxError(`the here-document ends without ${delimiter}`, start);
      const end = this.source.indexOf('\n', at);
      const stop = end === -1 ? this.source.length : end;
      const line = this.source.slice(at, stop);
      // Whether a joined line can be the end is read differently.
      if (before !== undefined && [line, before + line].some((one) => one.replace(/^\t+/, '') === delimiter))
        throw new ShellSyntaxError('a here-document that ends behind a joined line', at);
      if ((stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter) {
        if (!literal) {
          this.words.at = start;
          this.words.quoted((position) => position >= at);
        }
        this.words.at = end === -1 ? stop : stop + 1;
        return;
      }
      const goesOn = !literal && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
      before = goesOn ? (before ?? '') + line.slice(0, -1) : undefined;
      at = stop + 1;
    }
  }

  /** Skips blanks, comments and joined lines; newlines too where they separate nothing. */
  protected blank(newlines: boolean): void {
    for (;;) {
      const character = this.source[this.words.at];
      if (character === ' ' || character === '\t') this.words.at += 1;
      else if (character === '\\' && this.source[this.words.at + 1] === '\n') this.words.at += 2;
      else if (
        character === '#' &&
        (this.words.at === 0 || /[\s;&|()<>]/.test(this.source[this.words.at - 1]!))
      ) {
        const end = this.source.indexOf('\n', this.words.at);
        this.words.at = end === -1 ? this.source.length : end;
      } else if (newlines && character === '\n') this.newline();
      else return;
    }
  }

  protected peekWord(): string | undefined {
    return /^[^\s;&|<>()'"\\$`]+(?=[\s;&|<>()]|$)/.exec(
      this.source.slice(this.words.at, this.words.at + 100),
    )?.[0];
  }

  protected reserved(word: string): void {
    this.blank(true);
    if (this.peekWord() !== word) throw new ShellSyntaxError(`${word} is missing`, this.words.at);
    this.words.at += word.length;
  }

  protected take(character: string): void {
    this.blank(true);
    if (this.source[this.words.at] !== character)
      throw new ShellSyntaxError(`${character} is missing`, this.words.at);
    this.words.at += 1;
  }

  protected unexpected(): ShellSyntaxError {
    return new ShellSyntaxError('does not parse here', this.words.at);
  }
}
