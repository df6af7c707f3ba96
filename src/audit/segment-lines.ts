/**
 * Reads the lines of a segment file in pieces, so that a long spool never has to fit into memory. Zeros at the end of the file are room
 * that was not used; zeros before anything else are part of a line, which is none then.
 */
import { open } from 'node:fs/promises';

export interface SegmentLine {
  /** Without its line feed. */
  readonly text: string;
  /** Offset of the byte after it. */
  readonly end: number;
  /** No line feed follows: the write was cut short. */
  readonly torn: boolean;
}

const PIECE_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

/** Lines from byte `start` to byte `end` (default: the end of the file). */
export async function* segmentLines(path: string, start = 0, end?: number): AsyncGenerator<SegmentLine> {
  const handle = await open(path, 'r');
  try {
    const limit = end ?? (await handle.stat()).size;
    let position = start;
    let rest = Buffer.alloc(0);
    while (position < limit) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, limit - position));
      const { bytesRead } = await handle.read(piece, 0, piece.length, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      const bytes = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      let from = 0;
      for (let stop = bytes.indexOf(LINE_FEED, from); stop >= 0; stop = bytes.indexOf(LINE_FEED, from)) {
        yield {
          text: bytes.toString('utf8', from, stop),
          end: position - bytes.length + stop + 1,
          torn: false,
        };
        from = stop + 1;
      }
      rest = bytes.subarray(from);
      if (isZero(rest)) rest = rest.subarray(0, 1);
    }
    if (!isZero(rest)) yield { text: rest.toString('utf8'), end: position, torn: true };
  } finally {
    await handle.close();
  }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
