/**
 * A strict JSON reader (RFC 8259). What it accepts, every conforming parser reads alike: no duplicate names, no names that
 * differ only in case, no half surrogates, bounded depth. One pass checks and builds the values; nothing is read twice.
 */
import { PortcullisError } from '../../errors.ts';
import type { Json, JsonObject } from '../../json.ts';
import { decodeText } from './decode-text.ts';
import { foldCase, isPlainLower } from './fold-case.ts';
import { readNumber } from './read-number.ts';

export interface StrictOptions {
  /** Levels of nesting; default 64. */
  readonly maxDepth?: number;
  /** Path of the sub-tree in which names may differ in case only. */
  readonly caseSensitiveAt?: readonly string[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface StrictDocument {
  readonly value: Json;
  /** Byte offsets of the values of the top-level object's members, or of a top-level array's elements. */
  readonly spans: ReadonlyMap<string | number, Span>;
}

const DEFAULT_DEPTH = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEEDS_WORK = /[\\\u0000-\u001f]/;

/** @throws PC_BODY_ENCODING, PC_JSON_SYNTAX, PC_JSON_DUPLICATE_KEY, PC_JSON_CASE_COLLISION, PC_JSON_DEPTH, PC_JSON_LONE_SURROGATE */
export function parseStrict(bytes: Buffer, options: StrictOptions = {}): StrictDocument {
  const { text, ascii } = decodeText(bytes);
  return new StrictReader(text, ascii, options).document();
}

class StrictReader {
  readonly #text: string;
  readonly #ascii: boolean;
  readonly #maxDepth: number;
  readonly #caseSensitiveAt: readonly string[] | undefined;
  readonly #spans = new Map<string | number, Span>();
  #at = 0;
  #depth = 0;
  /** How many levels of `caseSensitiveAt` the reader stands in; −1 once it left the path. */
  #matched = 0;

  constructor(text: string, ascii: boolean, options: StrictOptions) {
    this.#text = text;
    this.#ascii = ascii;
    this.#maxDepth = options.maxDepth ?? DEFAULT_DEPTH;
    this.#caseSensitiveAt = options.caseSensitiveAt;
  }

  document(): StrictDocument {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#syntax('nothing may follow the value');
    return { value, spans: this.#ascii ? this.#spans : this.#inBytes() };
  }

  #value(): Json {
    const code = this.#text.charCodeAt(this.#at);
    switch (code) {
      case 0x7b:
        return this.#object();
      case 0x5b:
        return this.#array();
      case QUOTE:
        return this.#string();
      case 0x74:
        return this.#word('true', true);
      case 0x66:
        return this.#word('false', false);
      case 0x6e:
        return this.#word('null', null);
      default:
        if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number();
        throw this.#syntax(
          this.#at >= this.#text.length ? 'the text ends where a value is expected' : 'a value is expected',
        );
    }
  }

  #object(): JsonObject {
    this.#enter();
    const object: Record<string, Json> = {};
    const top = this.#depth === 1;
    const matched = this.#matched;
    let folded: Map<string, string> | undefined;
    let count = 0;
    if (!this.#closes(0x7d)) {
      do {
        this.#space();
        if (this.#text.charCodeAt(this.#at) !== QUOTE)
          throw this.#syntax('a member name in double quotes is expected');
        const nameAt = this.#at;
        const name = this.#string();
        if (count > 0 && Object.hasOwn(object, name)) {
          throw new PortcullisError('PC_JSON_DUPLICATE_KEY', {
            key: JSON.stringify(name.slice(0, 100)),
            offset: nameAt,
          });
        }
        if (!this.#mayDifferInCase(matched)) folded = this.#checkCase(object, name, folded, count);
        this.#space();
        this.#expect(0x3a, 'a colon');
        this.#space();
        const start = this.#at;
        this.#step(matched, name);
        const value = this.#value();
        this.#matched = matched;
        if (top) this.#spans.set(name, { start, end: this.#at });
        if (name === '__proto__')
          Object.defineProperty(object, name, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
          });
        else object[name] = value;
        count += 1;
      } while (this.#continues(0x7d));
    }
    this.#depth -= 1;
    return object;
  }

  #array(): readonly Json[] {
    this.#enter();
    const array: Json[] = [];
    const top = this.#depth === 1;
    const matched = this.#matched;
    if (!this.#closes(0x5d)) {
      do {
        this.#space();
        const start = this.#at;
        this.#step(matched, '');
        array.push(this.#value());
        this.#matched = matched;
        if (top) this.#spans.set(array.length - 1, { start, end: this.#at });
      } while (this.#continues(0x5d));
    }
    this.#depth -= 1;
    return array;
  }

  #string(): string {
    const start = this.#at + 1;
    let end = this.#text.indexOf('"', start);
    if (end === -1) throw this.#syntax('a string does not end');
    const plain = this.#text.slice(start, end);
    if (!NEEDS_WORK.test(plain)) {
      this.#at = end + 1;
      return plain;
    }
    while (this.#isEscaped(end, start)) {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) throw this.#syntax('a string does not end');
    }
    const spelled = this.#text.slice(this.#at, end + 1);
    let value: string;
    try {
      value = JSON.parse(spelled) as string;
    } catch {
      throw this.#syntax('a string holds a control character or an unknown escape');
    }
    if (!value.isWellFormed()) throw new PortcullisError('PC_JSON_LONE_SURROGATE', { offset: this.#at });
    this.#at = end + 1;
    return value;
  }

  /** A quote after an odd number of backslashes does not end the string. */
  #isEscaped(quote: number, start: number): boolean {
    let at = quote - 1;
    while (at >= start && this.#text.charCodeAt(at) === BACKSLASH) at -= 1;
    return (quote - 1 - at) % 2 === 1;
  }

  #number(): Json {
    const start = this.#at;
    const text = this.#text;
    let at = start;
    if (text.charCodeAt(at) === 0x2d) at += 1;
    if (text.charCodeAt(at) === 0x30) at += 1;
    else at = this.#digits(at);
    if (text.charCodeAt(at) === 0x2e) at = this.#digits(at + 1);
    if ((text.charCodeAt(at) | 0x20) === 0x65) {
      at += 1;
      const sign = text.charCodeAt(at);
      at = this.#digits(sign === 0x2b || sign === 0x2d ? at + 1 : at);
    }
    this.#at = at;
    return readNumber(text.slice(start, at));
  }

  #digits(from: number): number {
    let at = from;
    for (let code = this.#text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = this.#text.charCodeAt(at))
      at += 1;
    if (at > from) return at;
    this.#at = at;
    throw this.#syntax('a digit is expected');
  }

  #word<Value extends Json>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw this.#syntax('a value is expected');
    this.#at += word.length;
    return value;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw new PortcullisError('PC_JSON_DEPTH', { limit: this.#maxDepth });
    this.#at += 1;
  }

  #closes(bracket: number): boolean {
    this.#space();
    if (this.#text.charCodeAt(this.#at) !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #continues(bracket: number): boolean {
    this.#space();
    const code = this.#text.charCodeAt(this.#at);
    if (code !== 0x2c && code !== bracket)
      throw this.#syntax('a comma or the end of the object or array is expected');
    this.#at += 1;
    return code === 0x2c;
  }

  #expect(code: number, what: string): void {
    if (this.#text.charCodeAt(this.#at) !== code) throw this.#syntax(`${what} is expected`);
    this.#at += 1;
  }

  #space(): void {
    const text = this.#text;
    let at = this.#at;
    for (
      let code = text.charCodeAt(at);
      code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
      code = text.charCodeAt(at)
    )
      at += 1;
    this.#at = at;
  }

  #mayDifferInCase(matched: number): boolean {
    return this.#caseSensitiveAt !== undefined && matched >= this.#caseSensitiveAt.length;
  }

  #step(matched: number, name: string): void {
    const path = this.#caseSensitiveAt;
    if (path === undefined || matched < 0 || matched >= path.length) return;
    this.#matched = path[matched] === name ? matched + 1 : -1;
  }

  /** Most objects have plain lower-case names only; the table of folded names is made when the first other one comes. */
  #checkCase(
    object: object,
    name: string,
    folded: Map<string, string> | undefined,
    count: number,
  ): Map<string, string> | undefined {
    if (folded === undefined && isPlainLower(name)) return undefined;
    const table =
      folded ?? new Map(count === 0 ? [] : Object.keys(object).map((known) => [foldCase(known), known]));
    const fold = foldCase(name);
    const first = table.get(fold);
    if (first !== undefined) {
      throw new PortcullisError('PC_JSON_CASE_COLLISION', {
        first: JSON.stringify(first.slice(0, 100)),
        second: JSON.stringify(name.slice(0, 100)),
      });
    }
    return table.set(fold, name);
  }

  #inBytes(): Map<string | number, Span> {
    const spans = new Map<string | number, Span>();
    let textAt = 0;
    let byteAt = 0;
    const bytesTo = (offset: number): number => {
      byteAt += Buffer.byteLength(this.#text.slice(textAt, offset));
      textAt = offset;
      return byteAt;
    };
    for (const [name, { start, end }] of this.#spans)
      spans.set(name, { start: bytesTo(start), end: bytesTo(end) });
    return spans;
  }

  #syntax(detail: string): PortcullisError {
    return new PortcullisError('PC_JSON_SYNTAX', { detail, offset: this.#at });
  }
}
