/**
 * Walks over JSON bytes without building values: strings are skipped by searching for their end, nested values by matching
 * brackets. For messages of upstreams, of which only the outermost members matter. Throws SyntaxError where it cannot go on.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WORDS: readonly Buffer[] = ['true', 'false', 'null'].map((word) => Buffer.from(word));
/** So many bytes of a string are looked at one by one before the search for its end is worth its price. */
const BY_HAND = 32;

export class Skimmer {
  readonly bytes: Buffer;
  at: number;
  /** The last string that was gone past was short, ASCII and without escapes. */
  #plain = false;

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
    if (this.#plain) return this.bytes.toString('latin1', start + 1, this.at - 1);
    const spelled = this.bytes.toString('utf8', start + 1, this.at - 1);
    return spelled.includes('\\') ? (JSON.parse(`"${spelled}"`) as string) : spelled;
  }

  /** Goes past the value that starts here; returns where it was. Words and numbers are checked, what is nested only by its brackets. */
  skip(): { start: number; end: number } {
    const start = this.at;
    const code = this.peek();
    if (code === QUOTE) this.#skipString();
    else if (code === 0x7b || code === 0x5b) this.#skipNested();
    else this.#skipWord();
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
    const { bytes } = this;
    if (bytes[this.at] !== QUOTE) throw this.#lost();
    const byHand = this.at + BY_HAND;
    let at = this.at + 1;
    this.#plain = true;
    for (; at < byHand; at += 1) {
      const code = bytes[at];
      if (code === QUOTE) {
        this.at = at + 1;
        return;
      }
      if (code === undefined) throw this.#lost();
      if (code === BACKSLASH || code < 0x20 || code > 0x7e) this.#plain = false;
      if (code === BACKSLASH) at += 1;
    }
    this.#plain = false;
    const from = at - 1;
    let end = at - 1;
    do {
      end = bytes.indexOf(QUOTE, end + 1);
      if (end === -1) throw this.#lost();
    } while (isEscaped(bytes, end, from));
    this.at = end + 1;
  }

  #skipNested(): void {
    const { bytes } = this;
    const closers: number[] = [];
    let at = this.at;
    do {
      const code = bytes[at];
      if (code === QUOTE) {
        this.at = at;
        this.#skipString();
        at = this.at;
        continue;
      }
      // Closing brackets are two above opening ones in ASCII.
      if (code === 0x7b || code === 0x5b) closers.push(code + 2);
      else if (code === undefined || ((code === 0x7d || code === 0x5d) && closers.pop() !== code)) {
        this.at = at;
        throw this.#lost();
      }
      at += 1;
    } while (closers.length > 0);
    this.at = at;
  }

  #skipWord(): void {
    const { bytes } = this;
    let { at } = this;
    if (bytes[at] === 0x2d || isDigit(bytes[at])) {
      if (bytes[at] === 0x2d) at += 1;
      at = bytes[at] === 0x30 ? at + 1 : this.#skipDigits(at);
      if (bytes[at] === 0x2e) at = this.#skipDigits(at + 1);
      if (bytes[at] === 0x65 || bytes[at] === 0x45) {
        at += 1;
        at = this.#skipDigits(bytes[at] === 0x2b || bytes[at] === 0x2d ? at + 1 : at);
      }
      this.at = at;
      return;
    }
    const word = WORDS.find((known) => known.equals(bytes.subarray(at, at + known.length)));
    if (word === undefined) throw this.#lost();
    this.at = at + word.length;
  }

  #skipDigits(from: number): number {
    let at = from;
    while (isDigit(this.bytes[at])) at += 1;
    if (at === from) throw this.#lost();
    return at;
  }

  #lost(): SyntaxError {
    return new SyntaxError(`unexpected byte at offset ${this.at}`);
  }
}

/** A quote after an odd number of backslashes does not end the string; `after` is where they cannot go past. */
function isEscaped(bytes: Buffer, quote: number, after: number): boolean {
  let at = quote - 1;
  while (at > after && bytes[at] === BACKSLASH) at -= 1;
  return (quote - 1 - at) % 2 === 1;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}
