/** The grammar of RFC 8259 over a decoded text, with the rules of `parseStrict`. Recursion is bounded by the depth limit. */
import { PortcullisError } from '../../errors.ts';
import type { Json, JsonObject } from '../../json.ts';
import { addFolded } from './case-table.ts';
import { isPlainLower } from '../../fold-case.ts';
import { Outline } from './outline.ts';
import { readNumber } from './read-number.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEEDS_WORK = /[\\\u0000-\u001f]/;
/** Strings up to this length are read character by character; longer ones by searching for their end. */
const BY_HAND = 64;

export class StrictReader {
  readonly outline: Outline;
  readonly #text: string;
  readonly #ascii: boolean;
  readonly #maxDepth: number;
  readonly #caseSensitiveAt: readonly string[] | undefined;
  #at = 0;
  #depth = 0;
  /** How many levels of `caseSensitiveAt` the reader stands in; −1 once it left the path. */
  #matched = 0;

  constructor(
    text: string,
    ascii: boolean,
    maxDepth: number,
    caseSensitiveAt: readonly string[] | undefined,
  ) {
    this.#text = text;
    this.#ascii = ascii;
    this.#maxDepth = maxDepth;
    this.#caseSensitiveAt = caseSensitiveAt;
    this.outline = new Outline(text, ascii);
  }

  document(): Json {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#syntax('nothing may follow the value');
    return value;
  }

  #value(): Json {
    const code = this.#text.charCodeAt(this.#at);
    switch (code) {
      case QUOTE:
        return this.#string();
      case 0x7b:
        return this.#object();
      case 0x5b:
        return this.#array();
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
    const path = this.#caseSensitiveAt;
    const mayDifferInCase = path !== undefined && matched >= path.length;
    let folded: Map<string, string> | undefined;
    let more = this.#space() !== 0x7d;
    if (!more) this.#at += 1;
    while (more) {
      if (this.#space() !== QUOTE) throw this.#syntax('a member name in double quotes is expected');
      const nameAt = this.#at;
      const name = this.#string();
      if (Object.hasOwn(object, name)) throw this.#duplicate(name, nameAt);
      if (!mayDifferInCase && (folded !== undefined || !isPlainLower(name)))
        folded = addFolded(folded, object, name);
      if (this.#space() !== 0x3a) throw this.#syntax('a colon is expected');
      this.#at += 1;
      this.#space();
      const start = this.#at;
      if (path !== undefined && !mayDifferInCase && matched >= 0)
        this.#matched = path[matched] === name ? matched + 1 : -1;
      const value = this.#value();
      this.#matched = matched;
      if (top) this.outline.add(name, start, this.#at);
      if (name === '__proto__') defineOwn(object, name, value);
      else object[name] = value;
      more = this.#continues(0x7d);
    }
    this.#depth -= 1;
    return object;
  }

  #array(): readonly Json[] {
    this.#enter();
    const array: Json[] = [];
    const top = this.#depth === 1;
    const matched = this.#matched;
    const path = this.#caseSensitiveAt;
    // The outermost array is a batch, and the path starts in its messages; any other array leaves the path.
    const inside = top || (path !== undefined && matched >= path.length) ? matched : -1;
    let more = this.#space() !== 0x5d;
    if (!more) this.#at += 1;
    while (more) {
      this.#space();
      const start = this.#at;
      this.#matched = inside;
      array.push(this.#value());
      if (top) this.outline.add('', start, this.#at);
      more = this.#continues(0x5d);
    }
    this.#matched = matched;
    this.#depth -= 1;
    return array;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at + 1;
    const limit = Math.min(start + BY_HAND, text.length);
    for (let at = start; at < limit; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (code === BACKSLASH || code < 0x20) return this.#spelledString(start, text.indexOf('"', at));
    }
    const end = text.indexOf('"', limit);
    if (end === -1) throw this.#syntax('a string does not end');
    const plain = text.slice(start, end);
    if (NEEDS_WORK.test(plain)) return this.#spelledString(start, end);
    this.#at = end + 1;
    return plain;
  }

  /** A string with escapes, or with something that no string may hold. @param quote the first quote after its start, or −1 */
  #spelledString(start: number, quote: number): string {
    let end = quote;
    while (end !== -1 && this.#isEscaped(end, start)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) throw this.#syntax('a string does not end');
    let value: string;
    try {
      value = JSON.parse(this.#text.slice(this.#at, end + 1)) as string;
    } catch {
      throw this.#syntax('a string holds a control character or an unknown escape');
    }
    if (!value.isWellFormed())
      throw new PortcullisError('PC_JSON_LONE_SURROGATE', { offset: this.#offset(this.#at) });
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

  #continues(bracket: number): boolean {
    const code = this.#space();
    if (code !== 0x2c && code !== bracket)
      throw this.#syntax('a comma or the end of the object or array is expected');
    this.#at += 1;
    return code === 0x2c;
  }

  /** Goes past white space; returns the character that follows, NaN at the end. */
  #space(): number {
    const text = this.#text;
    let code = text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.#at += 1;
      code = text.charCodeAt(this.#at);
    }
    return code;
  }

  #duplicate(name: string, at: number): PortcullisError {
    return new PortcullisError('PC_JSON_DUPLICATE_KEY', {
      key: JSON.stringify(name.slice(0, 100)),
      offset: this.#offset(at),
    });
  }

  #syntax(detail: string): PortcullisError {
    return new PortcullisError('PC_JSON_SYNTAX', { detail, offset: this.#offset(this.#at) });
  }

  /** In bytes. */
  #offset(at: number): number {
    return this.#ascii ? at : Buffer.byteLength(this.#text.slice(0, at));
  }
}

/** `__proto__` is a member like any other, never the prototype. */
function defineOwn(object: object, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
