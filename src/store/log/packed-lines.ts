/**
 * The lines of a block as they are stored. Lines of one log say nearly the same thing: packed they take a tenth, and what is not
 * written costs nothing. A byte that no line begins with marks the packed form; blocks of earlier versions hold the lines as they are.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const BROTLI = 0x01;
/** Beyond it a block is taken for damaged: one holds some thousand lines. */
const MOST_BYTES = 1 << 30;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;

/** @param lines UTF-8, a line feed after each */
export function packLines(lines: Buffer): Buffer {
  const params = { [BROTLI_PARAM_QUALITY]: 1, [BROTLI_PARAM_SIZE_HINT]: lines.length };
  return Buffer.concat([Buffer.of(BROTLI), brotliCompressSync(lines, { params })]);
}

/** Bytes that cannot be unpacked are no lines: what is missing then is for verification to name. */
export function unpackLines(stored: Uint8Array): Buffer {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  if (bytes[0] !== BROTLI) return bytes;
  try {
    return brotliDecompressSync(bytes.subarray(1), { maxOutputLength: MOST_BYTES });
  } catch {
    return Buffer.alloc(0);
  }
}
