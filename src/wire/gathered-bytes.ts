/**
 * What comes in pieces, until it is whole. A sender chooses how small its pieces are, and an object for each would take
 * hundreds of times their bytes: small ones are copied together, others kept as they came.
 */

/** Bytes from which on a piece stays as it is. */
const LARGE = 4096;
const SMALLEST_BLOCK = 128;
const LARGEST_BLOCK = 16_384;
const NO_BYTES = Buffer.alloc(0);

export class GatheredBytes {
  #parts: Buffer[] = [];
  #block = NO_BYTES;
  /** Bytes that a block has room for: more each time. */
  #size = SMALLEST_BLOCK;
  /** Bytes of the block that are taken. */
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    const isFirst = this.#length === 0;
    this.#length += piece.length;
    if (isFirst || piece.length >= LARGE) {
      this.#closeBlock();
      this.#parts.push(piece);
      return;
    }
    if (this.#used + piece.length > this.#block.length) {
      this.#closeBlock();
      this.#size = Math.min(LARGEST_BLOCK, 2 * this.#size);
      this.#block = Buffer.allocUnsafeSlow(Math.max(this.#size, piece.length));
    }
    this.#used += piece.copy(this.#block, this.#used);
  }

  /** All that came so far, in order. */
  bytes(): Buffer {
    const parts = this.#used === 0 ? this.#parts : [...this.#parts, this.#block.subarray(0, this.#used)];
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts, this.#length);
  }

  clear(): void {
    this.#parts = [];
    this.#block = NO_BYTES;
    this.#size = SMALLEST_BLOCK;
    this.#used = 0;
    this.#length = 0;
  }

  #closeBlock(): void {
    if (this.#used > 0) this.#parts.push(this.#block.subarray(0, this.#used));
    this.#block = NO_BYTES;
    this.#used = 0;
  }
}
