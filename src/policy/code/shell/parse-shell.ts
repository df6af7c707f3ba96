/** The grammar of compound commands (POSIX 2.9, 2.10, with bash's `[[`, `((`, `function`). Anything else is an error. */
import { RESERVED, SPECIAL } from './names.ts';
import { SimpleCommands } from './simple-commands.ts';
import { ShellSyntaxError, staticText, type Script, type Simple, type Word } from './syntax.ts';

const DEEPEST = 100;

export class ShellParser extends SimpleCommands {
  #certain = true;
  #depth: number;

  constructor(source: string, script: Script, inFunction = false, depth = 0) {
    super(source, script, inFunction);
    this.#depth = depth;
  }

  /** The whole text. @throws ShellSyntaxError */
  parse(): void {
    while (this.item());
    this.end();
  }

  /** One command of the text. False: no more. @throws ShellSyntaxError */
  item(): boolean {
    return this.#item([]);
  }

  /** @throws ShellSyntaxError where something is left */
  end(): void {
    if (this.words.at < this.source.length) throw this.unexpected();
  }

  protected nested(at: number): { end: number; commands: readonly Simple[] } {
    const saved = this.words.at;
    const before = this.script.commands.length;
    this.words.at = at;
    this.withOwnHeredocs(() => this.#apart(() => this.#list([')'])));
    if (this.source[this.words.at] !== ')') throw new ShellSyntaxError('a substitution does not end', at);
    const end = this.words.at + 1;
    this.words.at = saved;
    return { end, commands: this.script.commands.slice(before) };
  }

  protected nestedText(text: string, at: number): readonly Simple[] {
    if (this.#depth > 5) throw new ShellSyntaxError('backquotes too deep', at);
    const before = this.script.commands.length;
    try {
      const parser = new ShellParser(text, this.script, this.inFunction, this.#depth + 1);
      if (this.awaitsLines && text.includes('\n')) throw this.unexpected();
      parser.withOwnHeredocs(() => parser.parse());
    } catch (error) {
      throw error instanceof ShellSyntaxError ? new ShellSyntaxError(error.message, at) : error;
    }
    return this.script.commands.slice(before);
  }

  /** What happens inside happens perhaps, or in another process. */
  #apart(inside: () => void): void {
    const certain = this.#certain;
    this.#certain = false;
    if ((this.#depth += 1) > DEEPEST) throw new ShellSyntaxError('nested too deep', this.words.at);
    inside();
    this.#depth -= 1;
    this.#certain = certain;
  }

  /** What was defined from here on was defined in another process: a pipeline, or the background. */
  #doubt(from: number): void {
    const { functions } = this.script;
    for (let at = from; at < functions.length; at += 1) functions[at] = { ...functions[at]!, certain: false };
  }

  #list(ends: readonly string[]): void {
    while (this.#item(ends));
  }

  #item(ends: readonly string[]): boolean {
    this.blank(true);
    if (this.words.at >= this.source.length || this.#atEnd(ends)) return false;
    const { length } = this.script.functions;
    this.#andOr();
    this.blank(false);
    const rest = this.source.slice(this.words.at, this.words.at + 2);
    if (rest === ';;' || rest === ';&') return false;
    if (rest[0] === '&' && rest[1] !== '&') this.#doubt(length);
    if (rest[0] === ';' || (rest[0] === '&' && rest[1] !== '&')) this.words.at += 1;
    else if (rest[0] === '\n') this.newline();
    else if (this.words.at < this.source.length && !this.#atEnd(ends)) throw this.unexpected();
    return true;
  }

  #atEnd(ends: readonly string[]): boolean {
    if (ends.includes(')') && this.source[this.words.at] === ')') return true;
    if (ends.includes(';;') && /^;[;&]/.test(this.source.slice(this.words.at, this.words.at + 2)))
      return true;
    const word = this.peekWord();
    return word !== undefined && ends.includes(word);
  }

  #andOr(): void {
    this.#pipeline();
    for (;;) {
      this.blank(false);
      const operator = this.source.slice(this.words.at, this.words.at + 2);
      if (operator !== '&&' && operator !== '||') return;
      this.words.at += 2;
      this.blank(true);
      this.#apart(() => this.#pipeline());
    }
  }

  #pipeline(): void {
    for (let word = this.peekWord(); word === '!' || word === 'time'; word = this.peekWord()) {
      this.words.at += word.length;
      this.blank(false);
      if (word === 'time' && this.peekWord() === '-p') this.words.at += 2;
      this.blank(false);
    }
    const start = this.words.at;
    const { length } = this.script.functions;
    this.#command();
    // `&>` puts it into the background of a POSIX shell.
    if (this.source.slice(start, this.words.at).includes('&>')) this.#doubt(length);
    for (;;) {
      this.blank(false);
      if (this.source[this.words.at] !== '|' || this.source[this.words.at + 1] === '|') return;
      this.#doubt(length);
      this.words.at += this.source[this.words.at + 1] === '&' ? 2 : 1;
      this.blank(true);
      this.#apart(() => this.#command());
    }
  }

  #command(): void {
    const source = this.source;
    const start = this.words.at;
    const word = this.peekWord();
    if (source.startsWith('((', start)) {
      this.words.at += 2;
      if (this.words.arithmeticCommand(true)) return this.trailing();
      this.words.at = start;
    }
    if (source[start] === '(') {
      this.words.at += 1;
      this.#apart(() => this.#list([')']));
      this.take(')');
      return this.trailing();
    }
    switch (word) {
      case '{':
        this.reserved('{');
        this.#list(['}']);
        this.reserved('}');
        return this.trailing();
      case 'if':
        return this.#if();
      case 'while':
      case 'until':
        this.reserved(word);
        this.#apart(() => this.#list(['do']));
        this.#body();
        return this.trailing();
      case 'for':
      case 'select':
        return this.#for(word);
      case 'case':
        return this.#case();
      case '[[':
        return this.#test();
      case 'function': {
        this.reserved('function');
        this.blank(false);
        const name = /^[A-Za-z_][\w-]*/.exec(source.slice(this.words.at, this.words.at + 200))?.[0];
        if (name === undefined) throw this.unexpected();
        this.words.at += name.length;
        this.blank(false);
        if (source.startsWith('()', this.words.at)) this.words.at += 2;
        return this.#function(name, start);
      }
      case 'coproc':
        throw new ShellSyntaxError('coproc is not read', start);
    }
    if (word !== undefined && RESERVED.has(word)) throw new ShellSyntaxError(`unexpected ${word}`, start);
    const definition = /^([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/.exec(source.slice(start, start + 200));
    if (definition !== null) {
      this.words.at += definition[0].length;
      return this.#function(definition[1]!, start);
    }
    this.simple();
  }

  #if(): void {
    this.reserved('if');
    this.#apart(() => {
      this.#list(['then']);
      this.reserved('then');
      this.#list(['elif', 'else', 'fi']);
      while (this.peekWord() === 'elif') {
        this.reserved('elif');
        this.#list(['then']);
        this.reserved('then');
        this.#list(['elif', 'else', 'fi']);
      }
      if (this.peekWord() === 'else') {
        this.reserved('else');
        this.#list(['fi']);
      }
    });
    this.reserved('fi');
    this.trailing();
  }

  #body(): void {
    this.reserved('do');
    this.#apart(() => this.#list(['done']));
    this.reserved('done');
  }

  #for(keyword: string): void {
    this.reserved(keyword);
    this.blank(false);
    if (this.source.startsWith('((', this.words.at)) {
      this.words.at += 2;
      if (!this.words.arithmeticCommand(false)) throw this.unexpected();
    } else {
      const name = /^[A-Za-z_]\w*/.exec(this.source.slice(this.words.at, this.words.at + 200))?.[0];
      if (name === undefined) throw this.unexpected();
      this.words.at += name.length;
      this.blank(true);
      const values: Word[] = [];
      if (this.peekWord() === 'in') {
        this.reserved('in');
        for (this.blank(false); ; this.blank(false)) {
          const word = this.words.word();
          if (word === undefined) break;
          values.push(word);
        }
        this.script.set.push({ name, values });
      } else this.script.set.push({ name, values: undefined });
    }
    this.blank(false);
    if (this.source[this.words.at] === ';') this.words.at += 1;
    this.blank(true);
    this.#body();
    this.trailing();
  }

  #case(): void {
    this.reserved('case');
    this.blank(false);
    if (this.words.word() === undefined) throw this.unexpected();
    this.blank(true);
    this.reserved('in');
    this.#apart(() => {
      for (this.blank(true); this.peekWord() !== 'esac'; this.blank(true)) {
        if (this.source[this.words.at] === '(') this.words.at += 1;
        for (;;) {
          this.blank(false);
          if (this.words.word() === undefined) throw this.unexpected();
          this.blank(false);
          if (this.source[this.words.at] !== '|') break;
          this.words.at += 1;
        }
        this.take(')');
        this.#list([';;', 'esac']);
        const end = /^(?:;;&|;;|;&)/.exec(this.source.slice(this.words.at, this.words.at + 3))?.[0];
        if (end !== undefined) this.words.at += end.length;
      }
    });
    this.reserved('esac');
    this.trailing();
  }

  /** `[[ … ]]`: words, operators and parentheses. Its numeric comparisons evaluate names. */
  #test(): void {
    const start = this.words.at;
    this.reserved('[[');
    let before: Word | undefined;
    let numeric = false;
    let alternative = false;
    for (;;) {
      this.blank(true);
      const rest = this.source.slice(this.words.at, this.words.at + 2);
      if (rest === ']]') break;
      if (rest === '') throw new ShellSyntaxError('[[ does not end', start);
      if (alternative && !/^[-!]/.test(rest))
        throw new ShellSyntaxError(
          'a POSIX shell runs what follows || in [[; write [[ … ]] || [[ … ]]',
          start,
        );
      alternative = rest === '||' || (alternative && rest[0] === '!');
      if (rest === '&&' || rest === '||') this.words.at += 2;
      else if (rest[0] === '>' && rest[1] !== '(')
        throw new ShellSyntaxError('> in [[ writes a file in a POSIX shell', this.words.at);
      else if (/^[()<!]/.test(rest) && !rest.startsWith('<(')) this.words.at += 1;
      else {
        const word =
          before !== undefined && staticText(before) === '=~' ? this.#pattern() : this.words.word();
        if (word === undefined) throw this.unexpected();
        if (
          before !== undefined &&
          /^-[vR]$/.test(staticText(before) ?? '') &&
          !/^\w+$/.test(staticText(word) ?? '')
        )
          throw new ShellSyntaxError('-v evaluates the subscript', word.from);
        if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(staticText(word) ?? '')) numeric = true;
        if (numeric) for (const operand of [before, word]) this.#compute(operand);
        if (!/^-(?:eq|ne|lt|le|gt|ge)$/.test(staticText(word) ?? '')) numeric = false;
        before = word;
        continue;
      }
      before = undefined;
    }
    this.words.at += 2;
    this.trailing();
  }

  /** A regular expression may hold parentheses and bars outside quotes. */
  #pattern(): Word | undefined {
    const from = this.words.at;
    const parts: Word['parts'][number][] = [];
    let depth = 0;
    while (!/^(?:\s|$)/.test(this.source.slice(this.words.at, this.words.at + 1))) {
      const word = this.words.word();
      if (word !== undefined) {
        parts.push(...word.parts);
        continue;
      }
      const character = this.source[this.words.at];
      // A POSIX shell gives up at a parenthesis behind a word, and runs what stands behind a bar.
      if (depth === 0 && character !== '(')
        throw new ShellSyntaxError(`${character} in a pattern outside of parentheses`, this.words.at);
      depth += character === '(' ? 1 : character === ')' ? -1 : 0;
      this.words.at += 1;
    }
    return this.words.at === from ? undefined : { from, to: this.words.at, parts };
  }

  #compute(word: Word | undefined): void {
    for (const part of word?.parts ?? []) {
      if (part.kind === 'variable')
        this.script.computed.push({ name: part.name, from: word!.from, to: word!.to });
      else if (part.kind === 'text' && part.inert && /[[$`]/.test(part.text))
        throw new ShellSyntaxError('arithmetic evaluates this text', word!.from);
      else if (part.kind === 'text')
        for (const [name] of part.text.matchAll(/(?<![\w-])[A-Za-z_]\w*/g))
          this.script.computed.push({ name, from: word!.from, to: word!.to });
    }
  }

  #function(name: string, from: number): void {
    if (SPECIAL.has(name)) throw new ShellSyntaxError(`${name} cannot be made a function`, from);
    this.blank(true);
    const { length } = this.script.functions;
    const certain = this.#certain && !this.inFunction;
    this.script.functions.push({ name, from, to: from, certain });
    const outside = this.inFunction;
    this.inFunction = true;
    if (!/^[{(]/.test(this.source.slice(this.words.at, this.words.at + 1))) throw this.unexpected();
    this.#apart(() => this.#command());
    this.inFunction = outside;
    this.script.functions[length] = { name, from, to: this.words.at, certain };
  }
}
