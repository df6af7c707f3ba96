/**
 * One system call where Node makes two. A message of header text and body goes out as a vector of two pieces, which costs
 * twice what a single small piece does; here such pieces are copied together first.
 */
import type { Socket } from 'node:net';

/** Above this many bytes copying costs more than the vector saves. */
const MOST_BYTES = 16 * 1024;

type Piece = { chunk: string | Uint8Array; encoding: BufferEncoding | 'buffer' };
type Done = (error?: Error | null) => void;

/** Changes how this socket writes what was corked together (`writable._writev`); what it writes stays the same. */
export function joinWrites(socket: Socket): void {
  const apart = socket._writev?.bind(socket);
  if (apart === undefined) return;
  socket._writev = (pieces, done) => {
    const joined = join(pieces as Piece[]);
    if (joined === undefined) apart(pieces, done);
    else socket._write(joined, 'buffer' as BufferEncoding, done as Done);
  };
}

function join(pieces: readonly Piece[]): Buffer | undefined {
  let size = 0;
  for (const { chunk, encoding } of pieces) {
    if (typeof chunk === 'string' && encoding !== 'latin1') return undefined;
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
  }
  const joined = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { chunk } of pieces) {
    if (typeof chunk === 'string') joined.write(chunk, at, 'latin1');
    else joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
