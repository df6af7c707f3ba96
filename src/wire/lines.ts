/** Messages on stdio: one JSON text a line, UTF-8 (MCP specification, basic/transports, stdio). */
import { GatheredBytes } from './gathered-bytes.ts';

const LF = 0x0a;
const CR = 0x0d;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export class LineReader {
  readonly #maxBytes: number;
  readonly #onOverlong: (bytes: number) => void;
  readonly #parts = new GatheredBytes();
  #length = 0;
  #skipping = false;

  /** @param onOverlong told of each line that is dropped because it is longer than `maxBytes` */
  constructor(maxBytes = DEFAULT_MAX_BYTES, onOverlong: (bytes: number) => void = () => {}) {
    this.#maxBytes = maxBytes;
    this.#onOverlong = onOverlong;
  }

  /** The lines that end in this chunk, without their line breaks; empty ones are left out. */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      const line = this.#take(chunk.subarray(start, end));
      if (line !== undefined && line.length > 0) lines.push(line);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The input is over: its last line, if it came without a line break. */
  end(): Buffer[] {
    const line = this.#take(Buffer.alloc(0));
    return line === undefined || line.length === 0 ? [] : [line];
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#maxBytes) {
      this.#skipping = true;
      this.#parts.clear();
    }
    if (!this.#skipping) this.#parts.add(part);
  }

  #take(last: Buffer): Buffer | undefined {
    this.#keep(last);
    const skipped = this.#skipping ? this.#length : 0;
    const line = this.#parts.bytes();
    this.#parts.clear();
    this.#length = 0;
    this.#skipping = false;
    if (skipped > 0) {
      this.#onOverlong(skipped);
      return undefined;
    }
    return line.at(-1) === CR ? line.subarray(0, -1) : line;
  }
}

/** Whether a line of a server's standard output can be a JSON-RPC message at all; the rest is log noise. */
export function classifyLine(line: Buffer): 'message' | 'noise' {
  const start = line.findIndex((code) => code !== 0x20 && code !== 0x09);
  return line[start] === 0x7b && line.includes('"jsonrpc"') ? 'message' : 'noise';
}
