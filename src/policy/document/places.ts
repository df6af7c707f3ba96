/** Where each member and element of a document stands in its text. */
import type { Problem } from '../../errors.ts';
import { parentPointer } from './pointer.ts';

/** A problem before its place in the text is known. `at: 'key'` points at a member's name instead of its value. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
  readonly at?: 'key' | 'value';
}

export class Places {
  readonly #lineStarts: number[] = [0];
  readonly #keys = new Map<string, number>();
  readonly #values = new Map<string, number>();

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  addKey(pointer: string, offset: number): void {
    if (!this.#keys.has(pointer)) this.#keys.set(pointer, offset);
  }

  addValue(pointer: string, offset: number): void {
    if (!this.#values.has(pointer)) this.#values.set(pointer, offset);
  }

  /** The problem with line and column; what is missing is placed at what should hold it. */
  problem({ pointer, message, at }: Finding): Problem {
    const offset = at === 'key' ? (this.#keys.get(pointer) ?? this.#valueAt(pointer)) : this.#valueAt(pointer);
    return this.problemAt(pointer, message, offset);
  }

  problemAt(pointer: string, message: string, offset: number): Problem {
    let line = 0;
    let beyond = this.#lineStarts.length;
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if (this.#lineStarts[middle]! <= offset) line = middle;
      else beyond = middle;
    }
    return { pointer, message, line: line + 1, column: offset - this.#lineStarts[line]! + 1 };
  }

  #valueAt(pointer: string): number {
    for (let at = pointer; at !== ''; at = parentPointer(at)) {
      const offset = this.#values.get(at);
      if (offset !== undefined) return offset;
    }
    return this.#values.get('') ?? 0;
  }
}
