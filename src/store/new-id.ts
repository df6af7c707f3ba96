import { randomFillSync } from 'node:crypto';

const RANDOM_BYTES = 10;
/** Asking the system for random bits costs more than an id. */
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let used = pool.length;

const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
/** The id being written; only the digits change. */
const text = Buffer.from('00000000-0000-7000-8000-000000000000', 'latin1');
let lastMs = 0;

/**
 * A UUID version 7 (RFC 9562, section 5.7): ordered by the millisecond it was made in.
 * @param now ms since the epoch
 * @param random where ten bytes of random bits stand, from `at` on
 */
export function newId(now: number, random: Uint8Array = freshPool(), at: number = used): string {
  if (now !== lastMs) writeTime(now);
  text[15] = digit(random[at]! >> 4);
  text[16] = digit(random[at]!);
  text[17] = digit(random[at + 1]! >> 4);
  text[19] = digit(0x8 | (random[at + 1]! & 0x3));
  for (let byte = 0, place = 20; byte < 8; byte += 1) {
    const bits = random[at + 2 + byte]!;
    text[place] = digit(bits >> 4);
    place += place === 22 ? 2 : 1;
    if (byte < 7) {
      text[place] = digit(bits);
      place += place === 22 ? 2 : 1;
    }
  }
  if (random === pool) used += RANDOM_BYTES;
  return text.toString('latin1');
}

function freshPool(): Buffer {
  if (used + RANDOM_BYTES > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool;
}

function writeTime(now: number): void {
  const hex = now.toString(16).padStart(12, '0');
  text.write(hex.slice(0, 8), 0, 'latin1');
  text.write(hex.slice(8), 9, 'latin1');
  lastMs = now;
}

function digit(bits: number): number {
  return DIGITS[bits & 0xf]!;
}
