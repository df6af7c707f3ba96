/**
 * Reads the part of TOML 1.0 that configurations of MCP servers are written in, with the line of every value: tables,
 * dotted keys, strings of all kinds, arrays, inline tables. Numbers, dates and booleans are kept as they are spelled.
 */
export type TomlValue =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'bare'; readonly text: string; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly TomlValue[]; readonly at: number }
  | { readonly kind: 'table'; readonly members: Map<string, TomlValue>; readonly at: number };
type TomlTable = Extract<TomlValue, { kind: 'table' }>;

export class TomlError extends Error {
  /** Offset into the text. */
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

/** @throws TomlError where the text is not TOML */
export function parseToml(text: string): TomlTable {
  return new Reader(text).document();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): TomlTable {
    const root: TomlTable = { kind: 'table', members: new Map(), at: 0 };
    let table = root;
    for (this.#blank(true); this.#at < this.#text.length; this.#blank(true)) {
      if (this.#take('[')) {
        const isList = this.#take('[');
        const start = this.#at;
        const path = this.#path();
        if (!this.#take(']') || (isList && !this.#take(']'))) this.#fail('a table header without its end');
        table = tableAt(root, path, start);
        if (isList) table.members.clear();
      } else this.#pair(table);
      this.#blank(false);
      if (this.#at < this.#text.length && !/[\r\n]/.test(this.#peek()))
        this.#fail('more on a line than one value');
    }
    return root;
  }

  #pair(table: TomlTable): void {
    const start = this.#at;
    const path = this.#path();
    if (!this.#take('=')) this.#fail('a key without a value');
    this.#blank(false);
    const last = path.pop()!;
    const owner = tableAt(table, path, start);
    if (owner.members.has(last)) this.#fail(`${last} stands twice`);
    owner.members.set(last, this.#value());
  }

  #path(): string[] {
    const path: string[] = [];
    do {
      this.#blank(false);
      const quote = this.#peek();
      if (quote === '"' || quote === "'") path.push(this.#string());
      else {
        const key = /^[A-Za-z0-9_-]+/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0];
        if (key === undefined) this.#fail('no key where one was expected');
        this.#at += key.length;
        path.push(key);
      }
      this.#blank(false);
    } while (this.#take('.'));
    return path;
  }

  #value(): TomlValue {
    const at = this.#at;
    const first = this.#peek();
    if (first === '"' || first === "'") return { kind: 'text', text: this.#string(), at };
    if (this.#take('[')) {
      const items: TomlValue[] = [];
      for (this.#blank(true); !this.#take(']'); this.#blank(true)) {
        items.push(this.#value());
        this.#blank(true);
        if (!this.#take(',') && this.#peek() !== ']') this.#fail('an array without its end');
      }
      return { kind: 'list', items, at };
    }
    if (this.#take('{')) {
      const table: TomlTable = { kind: 'table', members: new Map(), at };
      for (this.#blank(true); !this.#take('}'); this.#blank(true)) {
        this.#pair(table);
        this.#blank(true);
        if (!this.#take(',') && this.#peek() !== '}') this.#fail('an inline table without its end');
      }
      return table;
    }
    const bare = /^[\w+\-.:]+(?: \d[\w:.+-]*)?/.exec(this.#text.slice(this.#at, this.#at + 100))?.[0];
    if (bare === undefined) this.#fail('no value where one was expected');
    this.#at += bare.length;
    return { kind: 'bare', text: bare, at };
  }

  #string(): string {
    const quote = this.#peek();
    const long = this.#text.startsWith(quote.repeat(3), this.#at);
    const end = long ? quote.repeat(3) : quote;
    this.#at += end.length;
    if (long)
      /^\r?\n/.exec(this.#text.slice(this.#at, this.#at + 2))?.forEach((line) => (this.#at += line.length));
    let text = '';
    while (!this.#text.startsWith(end, this.#at)) {
      const char = this.#peek();
      if (char === '' || (!long && char === '\n')) this.#fail('a string without its end');
      this.#at += 1;
      text += char === '\\' && quote === '"' ? this.#escape() : char;
    }
    this.#at += end.length;
    return text;
  }

  #escape(): string {
    const rest = this.#text.slice(this.#at, this.#at + 9);
    const code = /^u([0-9A-Fa-f]{4})|^U([0-9A-Fa-f]{8})|^x([0-9A-Fa-f]{2})/.exec(rest);
    if (code !== null) {
      this.#at += code[0].length;
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3]!, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : this.#fail('no such character');
    }
    const fold = /^[ \t]*\r?\n\s*/.exec(this.#text.slice(this.#at));
    if (fold !== null) {
      this.#at += fold[0].length;
      return '';
    }
    this.#at += 1;
    return ESCAPES[rest[0] ?? ''] ?? this.#fail('no such escape');
  }

  /** Blanks and comments; line ends too when they may stand here. */
  #blank(lines: boolean): void {
    for (;;) {
      const char = this.#peek();
      if (char === '#') while (this.#peek() !== '' && this.#peek() !== '\n') this.#at += 1;
      else if (char === ' ' || char === '\t' || (lines && (char === '\n' || char === '\r'))) this.#at += 1;
      else return;
    }
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }

  #fail(message: string): never {
    throw new TomlError(message, this.#at);
  }
}

function tableAt(root: TomlTable, path: readonly string[], at: number): TomlTable {
  let table = root;
  for (const key of path) {
    let next = table.members.get(key);
    if (next === undefined) table.members.set(key, (next = { kind: 'table', members: new Map(), at }));
    if (next.kind !== 'table') throw new TomlError(`${key} is a value and a table`, at);
    table = next;
  }
  return table;
}
