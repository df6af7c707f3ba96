/**
 * Lines of a chain as bytes, one after the other. A line is encoded once: the same bytes are hashed, written to the journal and
 * moved to the database.
 */
import { hash } from 'node:crypto';
import { hashText, positionText, type OpenedLine } from './line.ts';
import type { SharedText } from './stated-text.ts';

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

/** Pieces that there were so far, of all buffers: their numbers say which is meant without keeping it in memory. */
let rooms = 0;

/** Room that the drafts of a chain use after each other. What was written stays as it is. */
export class LineBuffer {
  #piece = Buffer.allocUnsafeSlow(PIECE);
  #room = (rooms += 1);
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
  add(opened: OpenedLine, chain: string, seq: number, prev: string): WrittenLine {
    let length = 0;
    for (const text of opened) length += text.length;
    this.#reserve(length * MOST_BYTES_EACH + CLOSING);
    const piece = this.#piece;
    const start = this.#at;
    let end = start;
    const last = opened.length - 1;
    for (let place = 0; place <= last; place += 1) {
      const text = opened[place]!;
      if (typeof text !== 'string') end = this.#share(text, end);
      else if (place < last) end += piece.write(text, end);
      else end += piece.write(text + positionText(chain, seq, prev), end);
    }
    const digest = hash('sha256', piece.subarray(start, end));
    end += piece.write(`${hashText(digest)}\n`, end);
    this.#at = end;
    return { piece, start, end: end - 1, hash: digest };
  }

  /** Returns where it ends. */
  #share(shared: SharedText, at: number): number {
    const piece = this.#piece;
    if (shared.room === this.#room) {
      piece.copyWithin(at, shared.start, shared.end);
      return at + shared.end - shared.start;
    }
    const end = at + piece.write(shared.text, at);
    shared.room = this.#room;
    shared.start = at;
    shared.end = end;
    return end;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#piece.length) return;
    const lines = this.lines();
    this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE, 2 * (lines.length + bytes)));
    this.#room = rooms += 1;
    this.#piece.set(lines);
    this.#from = 0;
    this.#at = lines.length;
  }
}
