/** Where the members of the outermost object, or the elements of the outermost array, stand in a text. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export class Outline {
  readonly #text: string;
  readonly #ascii: boolean;
  readonly #names: string[] = [];
  readonly #offsets: number[] = [];

  constructor(text: string, ascii: boolean) {
    this.#text = text;
    this.#ascii = ascii;
  }

  add(name: string, start: number, end: number): void {
    this.#names.push(name);
    this.#offsets.push(start, end);
  }

  /** The value of a member of the outermost object, exactly as spelled. */
  spelling(name: string): string | undefined {
    const index = this.#names.indexOf(name);
    return index === -1
      ? undefined
      : this.#text.slice(this.#offsets[index * 2]!, this.#offsets[index * 2 + 1]!);
  }

  /** In bytes, in the order of the text. */
  spans(): readonly Span[] {
    const spans: Span[] = [];
    let textAt = 0;
    let byteAt = 0;
    for (let index = 0; index < this.#offsets.length; index += 2) {
      const [from, to] = [this.#offsets[index]!, this.#offsets[index + 1]!];
      const start = byteAt + this.#bytesBetween(textAt, from);
      byteAt = start + this.#bytesBetween(from, to);
      textAt = to;
      spans.push({ start, end: byteAt });
    }
    return spans;
  }

  #bytesBetween(from: number, to: number): number {
    return this.#ascii ? to - from : Buffer.byteLength(this.#text.slice(from, to));
  }
}
