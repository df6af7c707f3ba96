/** Words of the shell: quoting, expansions and substitutions (POSIX 2.2, 2.6, and bash's additions). */
import { runsNothing } from './posix-reading.ts';
import { ShellSyntaxError, type Part, type Script, type Simple, type Word } from './syntax.ts';

const META = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);
const STOPS = new Set([...META, '"', "'", '\\', '$', '`']);
const STOPS_IN_BRACES = new Set([...STOPS, '}']);
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
};

/** What words need of the parser around them. */
export interface Nested {
  /** Parses commands from an offset to the closing parenthesis. @returns the offset behind it and what was found */
  commands(at: number): { end: number; commands: readonly Simple[] };
  /** Parses a text of its own (backquotes). */
  text(text: string, at: number): readonly Simple[];
}

export class Words {
  readonly #source: string;
  readonly #script: Script;
  readonly #nested: Nested;
  at = 0;

  constructor(source: string, script: Script, nested: Nested) {
    this.#source = source;
    this.#script = script;
    this.#nested = nested;
  }

  /** Reads a word at `at`; undefined where none begins. */
  word(): Word | undefined {
    const from = this.at;
    const parts: Part[] = [];
    for (;;) {
      const character = this.#source[this.at];
      if (character === undefined) break;
      if ((character === '<' || character === '>') && this.#source[this.at + 1] === '(') {
        parts.push(this.#substitution(this.at + 2, false));
        continue;
      }
      // bash's extended patterns: `!(a|b)`
      if (character === '(' && this.at > from && /[?*+@!]/.test(this.#source[this.at - 1]!))
        throw new ShellSyntaxError('an extended pattern', this.at);
      if (META.has(character)) break;
      this.#part(parts, false);
    }
    return this.at === from ? undefined : { from, to: this.at, parts };
  }

  /** Reads up to a delimiter that the caller consumes: bodies of double quotes and of here-documents. */
  quoted(until: (at: number) => boolean): Part[] {
    const parts: Part[] = [];
    while (!until(this.at)) {
      if (this.at >= this.#source.length) throw new ShellSyntaxError('a quote does not end', this.at);
      this.#quotedPart(parts);
    }
    return parts;
  }

  #part(parts: Part[], inBraces: boolean): void {
    const source = this.#source;
    const character = source[this.at]!;
    switch (character) {
      case "'": {
        const end = source.indexOf("'", this.at + 1);
        if (end === -1) throw new ShellSyntaxError('a quote does not end', this.at);
        parts.push({ kind: 'text', text: source.slice(this.at + 1, end), quoted: true, inert: true });
        this.at = end + 1;
        return;
      }
      case '"': {
        this.at += 1;
        const inner = this.quoted((at) => source[at] === '"');
        this.at += 1;
        parts.push(...(inner.length === 0 ? [text('', true)] : inner));
        return;
      }
      case '\\': {
        const next = source[this.at + 1];
        if (next === undefined) throw new ShellSyntaxError('a backslash at the end', this.at);
        if (next !== '\n') parts.push({ kind: 'text', text: next, quoted: true, inert: true });
        this.at += 2;
        return;
      }
      case '$':
        return this.#dollar(parts, false);
      case '`':
        return this.#backquotes(parts, false);
      default: {
        const stops = inBraces ? STOPS_IN_BRACES : STOPS;
        let end = this.at + 1;
        while (end < source.length && !stops.has(source[end]!)) end += 1;
        parts.push(text(source.slice(this.at, end), false));
        this.at = end;
      }
    }
  }

  #quotedPart(parts: Part[]): void {
    const source = this.#source;
    const character = source[this.at]!;
    if (character === '$') return this.#dollar(parts, true);
    if (character === '`') return this.#backquotes(parts, true);
    if (character === '\\') {
      const next = source[this.at + 1] ?? '';
      const escaped = '$`"\\\n'.includes(next) && next !== '';
      if (next !== '\n')
        parts.push({ kind: 'text', text: escaped ? next : `\\${next}`, quoted: true, inert: true });
      this.at += 2;
      return;
    }
    let end = this.at + 1;
    // Line by line: the end of a here-document is the start of a line.
    if (character !== '\n') while (end < source.length && !'"$`\\\n'.includes(source[end]!)) end += 1;
    parts.push(text(source.slice(this.at, end), true));
    this.at = end;
  }

  #dollar(parts: Part[], quoted: boolean): void {
    const source = this.#source;
    const rest = source.slice(this.at + 1, this.at + 80);
    if (rest.startsWith('\\\n')) throw joined(this.at);
    if (rest.startsWith('((')) {
      const end = this.#arithmeticEnd(this.at + 3);
      if (end !== undefined) {
        this.arithmetic(this.at + 3, end);
        parts.push({ kind: 'arithmetic' });
        this.at = end + 2;
        return;
      }
    }
    if (rest.startsWith('(')) return void parts.push(this.#substitution(this.at + 2, quoted));
    if (rest.startsWith('{')) return this.#braces(parts, quoted);
    if (rest.startsWith('[')) throw new ShellSyntaxError('$[ ] is not read; write $(( ))', this.at);
    if (!quoted && rest.startsWith("'")) return this.#ansi(parts);
    if (!quoted && rest.startsWith('"')) throw new ShellSyntaxError('a translated string', this.at);
    const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)?.[0];
    if (name === undefined) {
      parts.push(text('$', quoted));
      this.at += 1;
      return;
    }
    parts.push({ kind: 'variable', name, plain: true, quoted });
    this.at += 1 + name.length;
    if (source.startsWith('\\\n', this.at)) throw joined(this.at);
  }

  #substitution(start: number, quoted: boolean): Part {
    const { end, commands } = this.#nested.commands(start);
    this.at = end;
    return { kind: 'substitution', commands, quoted };
  }

  #backquotes(parts: Part[], quoted: boolean): void {
    const start = this.at + 1;
    let end = start;
    while (end < this.#source.length && this.#source[end] !== '`') end += this.#source[end] === '\\' ? 2 : 1;
    if (end >= this.#source.length) throw new ShellSyntaxError('backquotes do not end', this.at);
    const inner = this.#source.slice(start, end).replace(quoted ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1');
    parts.push({ kind: 'substitution', commands: this.#nested.text(inner, start), quoted });
    this.at = end + 1;
  }

  /** `${…}`: names, lengths, defaults, trimming, replacing; what reaches further (indirection, transformation) is not read. */
  #braces(parts: Part[], quoted: boolean): void {
    const start = this.at;
    const keys = /^\$\{!([A-Za-z_]\w*)\[[@*]\]\}/.exec(this.#source.slice(start, start + 200));
    if (keys !== null) {
      parts.push({ kind: 'variable', name: keys[1]!, plain: false, quoted });
      this.at += keys[0].length;
      return;
    }
    const head =
      /^\$\{(#?)([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[(?:[@*]|-?\d+|\$?[A-Za-z_]\w*|"?\$\{?\w+\}?"?|[\w$+-]+)\])?/.exec(
        this.#source.slice(start, start + 200),
      );
    if (head === null) throw new ShellSyntaxError('an expansion that is not read', start);
    const [whole, length, name, subscript] = head;
    const index = /[A-Za-z_]\w*/.exec(subscript ?? '')?.[0];
    if (index !== undefined)
      this.#script.computed.push({ name: index, from: start, to: start + whole.length });
    this.at = start + whole.length;
    const operator = /^(?::?[-=?+]|##?|%%?|\/[/#%]?|:|\^\^?|,,?|@)?/.exec(
      this.#source.slice(this.at, this.at + 2),
    )![0];
    if (operator === '@') throw new ShellSyntaxError('an expansion that evaluates its value', start);
    this.at += operator.length;
    const operand: Part[] = [];
    const operandFrom = this.at;
    while (this.#source[this.at] !== '}') {
      if (this.at >= this.#source.length) throw new ShellSyntaxError('an expansion does not end', start);
      if (operator === '') throw new ShellSyntaxError('an expansion that is not read', start);
      const character = this.#source[this.at]!;
      if (operator === ':' && (character === "'" || character === '\\'))
        throw new ShellSyntaxError('quotes in arithmetic', this.at);
      if (META.has(character)) {
        operand.push(text(character, true));
        this.at += 1;
      } else if (quoted && character === "'") {
        operand.push(text(character, true));
        this.at += 1;
      } else this.#part(operand, true);
    }
    if (operator === ':') this.#names(this.#source.slice(operandFrom, this.at), operandFrom);
    if (operator === '=' || operator === ':=') this.#script.set.push({ name: name!, values: undefined });
    this.at += 1;
    parts.push({
      kind: 'variable',
      name: name!,
      plain: length === '' && operator === '' && subscript === undefined,
      quoted,
    });
    // What a default holds is part of the word as well.
    for (const part of operand) if (part.kind === 'substitution') parts.push(part);
  }

  #ansi(parts: Part[]): void {
    const match = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(this.#source.slice(this.at));
    if (match === null) throw new ShellSyntaxError('a quote does not end', this.at);
    if (match[1]!.includes("\\'"))
      throw new ShellSyntaxError("\\' in $'…', which ends it in a POSIX shell", this.at);
    const decoded = match[1]!.replace(
      /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/g,
      (
        _whole,
        two?: string,
        four?: string,
        eight?: string,
        octal?: string,
        control?: string,
        other?: string,
      ) => {
        const hex = two ?? four ?? eight;
        if (control !== undefined) return '\u0001';
        if (hex !== undefined || octal !== undefined) {
          const code = Number.parseInt(hex ?? octal!, hex === undefined ? 8 : 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : '\u0001';
        }
        return ESCAPES[other!] ?? other!;
      },
    );
    parts.push({ kind: 'text', text: decoded, quoted: true, inert: true });
    this.at += match[0].length;
  }

  /** The offset of the `))` that closes `((`. */
  #arithmeticEnd(start: number): number | undefined {
    let depth = 0;
    for (let at = start; at < this.#source.length; at += 1) {
      const character = this.#source[at];
      if (character === '(') depth += 1;
      else if (character === ')') {
        if (depth === 0) return this.#source[at + 1] === ')' ? at : undefined;
        depth -= 1;
      }
    }
    return undefined;
  }

  /** Reads the expression between two offsets. */
  arithmetic(from: number, to: number): void {
    const saved = this.at;
    this.at = from;
    while (this.at < to) {
      const character = this.#source[this.at]!;
      if (character === '$' || character === '`') {
        const parts: Part[] = [];
        if (character === '$') this.#dollar(parts, true);
        else this.#backquotes(parts, true);
        for (const part of parts)
          if (part.kind === 'variable') this.#script.computed.push({ name: part.name, from, to });
        continue;
      }
      if (character === "'" || character === '\\')
        throw new ShellSyntaxError('quotes in arithmetic', this.at);
      const name = /^[A-Za-z_]\w*/.exec(this.#source.slice(this.at, this.at + 200))?.[0];
      if (name === undefined) {
        const number = /^\d+(?:#\w+|x[0-9a-fA-F]+)?/.exec(this.#source.slice(this.at, this.at + 60))?.[0];
        this.at += number?.length ?? 1;
        continue;
      }
      this.#script.computed.push({ name, from: this.at, to: this.at + name.length });
      this.at += name.length;
    }
    if (this.at !== to) throw new ShellSyntaxError('arithmetic that is not read', from);
    this.at = saved;
  }

  /** `((…))` at `at`, behind the parentheses that open it. @param alone a command of its own, which a POSIX shell reads as two subshells */
  arithmeticCommand(alone: boolean): boolean {
    const end = this.#arithmeticEnd(this.at);
    if (end === undefined) return false;
    if (alone && !runsNothing(this.#source.slice(this.at, end)))
      throw new ShellSyntaxError('(( )) runs commands in a POSIX shell; write [ ] or $(( ))', this.at);
    this.arithmetic(this.at, end);
    this.at = end + 2;
    return true;
  }

  #names(expression: string, from: number): void {
    for (const match of expression.matchAll(/[A-Za-z_]\w*/g))
      this.#script.computed.push({
        name: match[0],
        from: from + match.index,
        to: from + match.index + match[0].length,
      });
  }
}

function joined(at: number): ShellSyntaxError {
  return new ShellSyntaxError('an expansion that goes on in the next line', at);
}

function text(value: string, quoted: boolean): Part {
  return { kind: 'text', text: value, quoted, inert: false };
}
