/** Logs what a child prints, but never faster than a reader could follow: the rest of each second is counted, not logged. */
import { StringDecoder } from 'node:string_decoder';

const LINES_A_SECOND = 20;
const LONGEST_LINE = 2000;

export class BoundedLog {
  readonly #clock: () => number;
  readonly #write: (line: string, skipped: number) => void;
  #second = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #skipped = 0;

  /** @param write gets the line, clipped, and how many were skipped before it */
  constructor(clock: () => number, write: (line: string, skipped: number) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  line(text: string): void {
    const now = this.#clock();
    if (now - this.#second >= 1000) {
      this.#second = now;
      this.#lines = 0;
    }
    this.#lines += 1;
    if (this.#lines > LINES_A_SECOND) {
      this.#skipped += 1;
      return;
    }
    this.#write(clip(text), this.#skipped);
    this.#skipped = 0;
  }
}

/** Splits text into lines; what is longer than a log line should be is cut, not kept. */
export class TextLines {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The lines that `chunk` completes, without empty ones. */
  push(chunk: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop()!.slice(0, LONGEST_LINE);
    return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  }

  /** What came after the last line break. */
  rest(): string {
    return this.#rest.trimEnd();
  }
}

function clip(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}
