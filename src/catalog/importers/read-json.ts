/** Documents of importers: bytes to JSON, entry by entry checked, problems with their place. */
import { PortcullisError, type Problem } from '../../errors.ts';
import { objectOf, type Json, type JsonObject } from '../../json.ts';

export const LARGEST_DOCUMENT = 64 * 1024 * 1024;

/** @throws PC_IMPORT_INVALID */
export function readJson(bytes: Buffer, from: string): Json {
  if (bytes.length > LARGEST_DOCUMENT)
    throw invalidImport(`${from} is larger than ${LARGEST_DOCUMENT} bytes.`);
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) as Json;
  } catch (error) {
    throw invalidImport(`${from} is not JSON: ${(error as Error).message}`);
  }
}

/** @param problems places and reasons, listed below the error's text */
export function invalidImport(detail: string, problems: readonly Problem[] = []): PortcullisError {
  return new PortcullisError('PC_IMPORT_INVALID', { detail }, { problems });
}

/** Members of one entry, by type; a member of a wrong type is a problem, one that is absent or null is not. */
export class EntryReader {
  readonly problems: Problem[];
  readonly #entry: JsonObject;
  readonly #pointer: string;
  readonly #line: number | undefined;

  /** @param problems where problems are noted: inner readers share their outer one's */
  constructor(entry: Json | undefined, pointer: string, line?: number, problems: Problem[] = []) {
    this.problems = problems;
    this.#pointer = pointer;
    this.#line = line;
    const object = objectOf(entry);
    this.#entry = object ?? {};
    if (object === undefined) this.problem('', 'Expected an object.');
  }

  problem(member: string, message: string): void {
    const pointer = this.#pointer + member;
    this.problems.push(
      this.#line === undefined ? { pointer, message } : { pointer, message, line: this.#line },
    );
  }

  /** A non-empty string. */
  text(name: string): string | undefined {
    const value = this.#member(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    this.problem(`/${name}`, 'Expected a string.');
    return undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined && this.problems.length === 0) this.problem(`/${name}`, 'This member is needed.');
    return value ?? '';
  }

  /** Not below zero. */
  count(name: string): number | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return Math.round(value);
    this.problem(`/${name}`, 'Expected a number from 0.');
    return undefined;
  }

  object(name: string): EntryReader | undefined {
    const value = this.#member(name);
    return value === undefined ? undefined : this.#inner(value, `/${name}`);
  }

  list(name: string): readonly EntryReader[] | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value))
      return value.map((element: Json, index) => this.#inner(element, `/${name}/${index}`));
    this.problem(`/${name}`, 'Expected an array.');
    return undefined;
  }

  raw(name: string): Json | undefined {
    return this.#member(name);
  }

  get whole(): JsonObject {
    return this.#entry;
  }

  #inner(value: Json, member: string): EntryReader {
    return new EntryReader(value, this.#pointer + member, this.#line, this.problems);
  }

  #member(name: string): Json | undefined {
    return Object.hasOwn(this.#entry, name) ? (this.#entry[name] ?? undefined) : undefined;
  }
}
