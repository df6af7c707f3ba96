/**
 * The lines of a block as they are stored. Lines of one log say nearly the same thing: packed they take a tenth, and what is not
 * written costs nothing. A byte that no line begins with marks the packed forms: all lines together, or some at a time, so that who
 * wants one of a thousand unpacks a few. Blocks of earlier versions hold the lines as they are, or all together.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { linesOf } from './lines-of.ts';

const TOGETHER = 0x01;
/** Then how many parts there are and how long each is, and the parts. */
const IN_PARTS = 0x02;
const NUMBER_BYTES = 4;
/** Lines of a part, but for the last: with fewer the parts say the same things too often. */
const PART_LINES = 128;
/** Beyond it a block is taken for damaged: one holds some thousand lines. */
const MOST_BYTES = 1 << 30;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;

/** @param lines UTF-8, a line feed after each */
export function packLines(lines: Buffer): Buffer {
  const parts = partsOf(lines).map((part) => {
    const params = { [BROTLI_PARAM_QUALITY]: 1, [BROTLI_PARAM_SIZE_HINT]: part.length };
    return brotliCompressSync(part, { params });
  });
  if (parts.length === 1) return Buffer.concat([Buffer.of(TOGETHER), parts[0]!]);
  const numbers = Buffer.alloc(NUMBER_BYTES * (parts.length + 1));
  numbers.writeUInt32LE(parts.length);
  for (const [place, { length }] of parts.entries())
    numbers.writeUInt32LE(length, NUMBER_BYTES * (place + 1));
  return Buffer.concat([Buffer.of(IN_PARTS), numbers, ...parts]);
}

/** Bytes that cannot be unpacked are no lines: what is missing then is for verification to name. */
export function unpackLines(stored: Uint8Array): Buffer {
  const bytes = bytesOf(stored);
  if (bytes[0] === TOGETHER) return unpacked(bytes.subarray(1));
  return bytes[0] === IN_PARTS ? Buffer.concat(packedParts(bytes).map(unpacked)) : bytes;
}

/** The lines at some places of a block, each at its place. Unpacks no more than it must. */
export function linesAt(stored: Uint8Array, places: ReadonlySet<number>): string[] {
  const bytes = bytesOf(stored);
  if (bytes[0] !== IN_PARTS) return linesOf(unpackLines(bytes), places);
  const parts = packedParts(bytes);
  const lines: string[] = [];
  for (const part of new Set([...places].map((place) => Math.floor(place / PART_LINES)))) {
    const first = part * PART_LINES;
    const wanted = { has: (place: number): boolean => places.has(first + place) };
    const found = linesOf(unpacked(parts[part] ?? Buffer.alloc(0)), wanted);
    found.forEach((line, place) => (lines[first + place] = line));
  }
  return lines;
}

function partsOf(lines: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  let count = 0;
  for (let end = lines.indexOf(0x0a); end !== -1; end = lines.indexOf(0x0a, end + 1)) {
    if (++count % PART_LINES !== 0) continue;
    parts.push(lines.subarray(start, end + 1));
    start = end + 1;
  }
  if (start < lines.length || parts.length === 0) parts.push(lines.subarray(start));
  return parts;
}

function packedParts(bytes: Buffer): Buffer[] {
  const most = Math.floor((bytes.length - 1) / NUMBER_BYTES) - 1;
  const count = most < 0 ? 0 : Math.min(bytes.readUInt32LE(1), most);
  let start = 1 + NUMBER_BYTES * (count + 1);
  return Array.from({ length: count }, (_, place) => {
    const end = start + bytes.readUInt32LE(1 + NUMBER_BYTES * (place + 1));
    const part = bytes.subarray(start, end);
    start = end;
    return part;
  });
}

function unpacked(part: Buffer): Buffer {
  try {
    return brotliDecompressSync(part, { maxOutputLength: MOST_BYTES });
  } catch {
    return Buffer.alloc(0);
  }
}

function bytesOf(stored: Uint8Array): Buffer {
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
}
