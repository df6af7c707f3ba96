/**
 * Walks over JSON bytes without building values: strings are skipped by searching for their end, nested values by counting.
 * For messages of upstreams, of which only the outermost members matter. Throws SyntaxError where it cannot go on.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class Skimmer {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  space(): void {
    for (;;) {
      const code = this.bytes[this.at];
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  /** The next byte, 0 at the end. */
  peek(): number {
    return this.bytes[this.at] ?? 0;
  }

  /** Calls `member` for each member of the object that starts here, standing at its value; what it leaves is skipped. */
  members(member: (name: string) => void): void {
    this.#items(0x7b, 0x7d, () => {
      const name = this.string();
      this.space();
      if (this.peek() !== 0x3a) throw this.#lost();
      this.at += 1;
      this.space();
      const start = this.at;
      member(name);
      if (this.at === start) this.skip();
    });
  }

  /** Calls `element` for each element of the array that starts here; what it leaves is skipped. */
  elements(element: (index: number) => void): void {
    let index = 0;
    this.#items(0x5b, 0x5d, () => {
      const start = this.at;
      element(index);
      index += 1;
      if (this.at === start) this.skip();
    });
  }

  /** The string that starts here. */
  string(): string {
    const start = this.at;
    this.#skipString();
    const spelled = this.bytes.toString('utf8', start + 1, this.at - 1);
    return spelled.includes('\\') ? (JSON.parse(`"${spelled}"`) as string) : spelled;
  }

  /** Goes past the value that starts here; returns where it was. */
  skip(): { start: number; end: number } {
    const start = this.at;
    const code = this.peek();
    if (code === QUOTE) this.#skipString();
    else if (code === 0x7b || code === 0x5b) this.#skipNested();
    else this.#skipWord();
    if (this.at === start) throw this.#lost();
    return { start, end: this.at };
  }

  #items(open: number, close: number, item: () => void): void {
    if (this.peek() !== open) throw this.#lost();
    this.at += 1;
    this.space();
    if (this.peek() === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.space();
      item();
      this.space();
      const code = this.peek();
      if (code !== 0x2c && code !== close) throw this.#lost();
      this.at += 1;
      if (code === close) return;
    }
  }

  #skipString(): void {
    if (this.peek() !== QUOTE) throw this.#lost();
    let end = this.at;
    do {
      end = this.bytes.indexOf(QUOTE, end + 1);
      if (end === -1) throw this.#lost();
    } while (this.#isEscaped(end));
    this.at = end + 1;
  }

  #isEscaped(quote: number): boolean {
    let at = quote - 1;
    while (at > this.at && this.bytes[at] === BACKSLASH) at -= 1;
    return (quote - 1 - at) % 2 === 1;
  }

  #skipNested(): void {
    let depth = 0;
    do {
      const code = this.peek();
      if (code === QUOTE) {
        this.#skipString();
        continue;
      }
      if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) depth -= 1;
      else if (this.at >= this.bytes.length) throw this.#lost();
      this.at += 1;
    } while (depth > 0);
  }

  #skipWord(): void {
    for (;;) {
      const code = this.peek();
      const inWord =
        code === 0x2b ||
        code === 0x2d ||
        code === 0x2e ||
        (code >= 0x30 && code <= 0x39) ||
        ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
      if (!inWord) return;
      this.at += 1;
    }
  }

  #lost(): SyntaxError {
    return new SyntaxError(`unexpected byte at offset ${this.at}`);
  }
}
