/** Collects what a checker objects to. */
import type { CodeVerdict, Objection } from './types.ts';

/** An editor needs no more, and a text full of them must not cost memory. */
const MOST_OBJECTIONS = 50;

export class Report {
  readonly #text: string;
  readonly #found: { from: number; to: number; message: string }[] = [];
  #unreadable = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** No more is needed: a checker may stop. */
  get full(): boolean {
    return this.#found.length >= MOST_OBJECTIONS || this.#unreadable;
  }

  add(from: number, to: number, message: string): void {
    if (!this.full) this.#found.push({ from, to, message });
  }

  /** The text cannot be read; what was found so far stays. */
  unreadable(at: number, message: string): void {
    if (this.#unreadable) return;
    const from = Math.max(0, Math.min(at, this.#text.length));
    this.#found.push({ from, to: Math.min(from + 1, this.#text.length), message });
    this.#unreadable = true;
  }

  verdict(): CodeVerdict {
    const objections = this.#located();
    return { holds: this.#unreadable ? undefined : objections.length === 0, objections };
  }

  #located(): Objection[] {
    const sorted = this.#found.toSorted((one, other) => one.from - other.from);
    const objections: Objection[] = [];
    let line = 1;
    let start = 0;
    for (const { from, to, message } of sorted) {
      for (let next = this.#text.indexOf('\n', start); next !== -1 && next < from;) {
        line += 1;
        start = next + 1;
        next = this.#text.indexOf('\n', start);
      }
      objections.push({ from, to, line, column: from - start + 1, message });
    }
    return objections;
  }
}
