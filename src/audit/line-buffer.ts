/**
 * Lines of a chain as bytes, one after the other. A line is encoded once: the same bytes are hashed, written to the journal and
 * moved to the database.
 */
import { hash } from 'node:crypto';
import { hashText, positionText } from './line.ts';

const PIECE = 256 * 1024;
/** Bytes of UTF-8 for a UTF-16 code unit, at most. */
const MOST_BYTES_EACH = 3;
/** More than what stands after the text of `openLine`. */
const CLOSING = 512;

/** Where a line stands, without its line feed. */
export interface WrittenLine {
  readonly piece: Buffer;
  readonly start: number;
  readonly end: number;
  /** SHA-256 of its text up to its own hash. */
  readonly hash: string;
}

/** Room that the drafts of a chain use after each other. What was written stays as it is. */
export class LineBuffer {
  #piece = Buffer.allocUnsafeSlow(PIECE);
  #from = 0;
  #at = 0;

  /** What comes from now on belongs together. */
  begin(): void {
    this.#from = this.#at;
  }

  /** All lines since `begin`, each with its line feed. */
  lines(): Buffer {
    return this.#piece.subarray(this.#from, this.#at);
  }

  /** @param opened pieces of `openLine` */
  add(opened: readonly string[], chain: string, seq: number, prev: string): WrittenLine {
    let length = 0;
    for (const text of opened) length += text.length;
    this.#reserve(length * MOST_BYTES_EACH + CLOSING);
    const piece = this.#piece;
    const start = this.#at;
    let end = start;
    for (const text of opened) end += piece.write(text, end);
    end += piece.write(positionText(chain, seq, prev), end);
    const digest = hash('sha256', piece.subarray(start, end));
    end += piece.write(`${hashText(digest)}\n`, end);
    this.#at = end;
    return { piece, start, end: end - 1, hash: digest };
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#piece.length) return;
    const lines = this.lines();
    this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE, 2 * (lines.length + bytes)));
    this.#piece.set(lines);
    this.#from = 0;
    this.#at = lines.length;
  }
}
