/**
 * Ascending positions of entries in a block as a text, one character a step: as short as a compressed list, and a text is
 * what both databases keep and give back at the least cost. Pure.
 */

/** Steps begin at 1: characters that end texts or rows in some tool are not among them. */
const FIRST = 0x20;
/** The largest step of one character; none is half a surrogate pair. */
const LARGEST = 0xd000;
/** Goes on by LARGEST without an entry there. */
const SKIP = FIRST + LARGEST + 1;
/** Steps that are made a text at a time: a call takes so many arguments anywhere. */
const AT_ONCE = 1_000;

/** Grows by positions in ascending order, each said once or more. */
export class Positions {
  readonly #codes: number[] = [];
  #last = -1;

  push(position: number): void {
    let step = position - this.#last;
    if (step === 0) return;
    for (; step > LARGEST; step -= LARGEST) this.#codes.push(SKIP);
    this.#codes.push(FIRST + step);
    this.#last = position;
  }

  get text(): string {
    let text = '';
    for (let from = 0; from < this.#codes.length; from += AT_ONCE)
      text += String.fromCharCode(...this.#codes.slice(from, from + AT_ONCE));
    return text;
  }
}

export function positionsIn(text: string): number[] {
  const positions: number[] = [];
  let last = -1;
  for (let index = 0; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - FIRST;
    last += Math.min(step, LARGEST);
    if (step <= LARGEST) positions.push(last);
  }
  return positions;
}

/** What is in both. */
export function intersection(some: readonly number[], others: readonly number[]): number[] {
  const both: number[] = [];
  for (let one = 0, other = 0; one < some.length && other < others.length;) {
    const difference = some[one]! - others[other]!;
    if (difference === 0) both.push(some[one]!);
    if (difference <= 0) one += 1;
    if (difference >= 0) other += 1;
  }
  return both;
}
