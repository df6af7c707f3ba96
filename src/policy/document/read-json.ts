/**
 * Strict JSON (RFC 8259) with places. A syntax error ends the reading, for nothing after it can be trusted; repeated
 * members and numbers that doubles cannot hold are collected, so that one run shows them all.
 */
import type { Problem } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { MOST_LEVELS, numberTrouble } from './bounds.ts';
import { JsonSyntaxError, readToken, skipSpace, type JsonToken } from './json-tokens.ts';
import { Places } from './places.ts';
import { pointerTo } from './pointer.ts';
import type { Read } from './read-text.ts';

export function readJson(text: string): Read {
  const reader = new JsonReader(text);
  try {
    const value = reader.document();
    return { value, places: reader.places, problems: reader.problems };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const problem = reader.places.problemAt('', error.message, error.offset);
    return { value: undefined, places: reader.places, problems: [...reader.problems, problem] };
  }
}

class JsonReader {
  readonly places: Places;
  readonly problems: Problem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.places = new Places(text);
  }

  document(): Json {
    const value = this.#value(this.#next('a value'), '', 1);
    const rest = skipSpace(this.#text, this.#at);
    if (rest < this.#text.length) throw new JsonSyntaxError('Expected the end of the document: only one JSON value may stand here.', rest);
    return value;
  }

  #next(expected: string): JsonToken {
    const token = readToken(this.#text, this.#at, expected);
    this.#at = token.end;
    return token;
  }

  #value(token: JsonToken, pointer: string, level: number): Json {
    this.places.addValue(pointer, token.start);
    if (level > MOST_LEVELS) throw new JsonSyntaxError(`Expected at most ${MOST_LEVELS} levels of nesting.`, token.start);
    switch (token.kind) {
      case '{':
        return this.#object(pointer, level);
      case '[':
        return this.#array(pointer, level);
      case 'string':
      case 'word':
        return token.value;
      case 'number': {
        const trouble = numberTrouble(token.value as number, this.#text.slice(token.start, token.end));
        if (trouble !== undefined) this.problems.push(this.places.problemAt(pointer, trouble, token.start));
        return trouble === undefined ? token.value : 0;
      }
      default:
        throw new JsonSyntaxError(`Expected a value, got ${JSON.stringify(token.kind)}.`, token.start);
    }
  }

  #array(pointer: string, level: number): Json {
    const elements: Json[] = [];
    let token = this.#next('a value or "]"');
    if (token.kind === ']') return elements;
    for (;;) {
      elements.push(this.#value(token, pointerTo(pointer, elements.length), level + 1));
      const comma = this.#next('"," or "]"');
      if (comma.kind === ']') return elements;
      if (comma.kind !== ',') throw new JsonSyntaxError('Expected "," or "]" after an element.', comma.start);
      token = this.#next('a value');
      if (token.kind === ']') throw new JsonSyntaxError('Expected a value after ",": JSON has no trailing commas.', comma.start);
    }
  }

  #object(pointer: string, level: number): Json {
    const members = new Map<string, Json>();
    let token = this.#next('a member name or "}"');
    if (token.kind === '}') return {};
    for (;;) {
      if (token.kind !== 'string') throw new JsonSyntaxError('Expected a member name in double quotes.', token.start);
      const name = token.value as string;
      const own = pointerTo(pointer, name);
      if (members.has(name)) this.problems.push(this.places.problemAt(own, `The member ${JSON.stringify(name)} stands twice in one object.`, token.start));
      this.places.addKey(own, token.start);
      const colon = this.#next('":"');
      if (colon.kind !== ':') throw new JsonSyntaxError('Expected ":" after a member name.', colon.start);
      members.set(name, this.#value(this.#next('a value'), own, level + 1));
      const comma = this.#next('"," or "}"');
      // fromEntries makes own members of every name, `__proto__` too.
      if (comma.kind === '}') return Object.fromEntries(members);
      if (comma.kind !== ',') throw new JsonSyntaxError('Expected "," or "}" after a member.', comma.start);
      token = this.#next('a member name');
      if (token.kind === '}') throw new JsonSyntaxError('Expected a member after ",": JSON has no trailing commas.', comma.start);
    }
  }
}
