/**
 * Lines for a child's stdin, in order and within its pace. A line counts as sent once it was handed to the pipe; what
 * still waits here provably never reached the child.
 */
import type { Writable } from 'node:stream';

const NEWLINE = Buffer.from('\n');

interface Waiting {
  readonly bytes: Buffer;
  readonly sent: () => void;
  readonly dropped: () => void;
}

export class StdinQueue {
  readonly #stdin: Writable;
  readonly #maxBytes: number;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #full = false;
  #closed = false;

  /** @param maxBytes how much may wait beside the pipe's own buffer */
  constructor(stdin: Writable, maxBytes: number) {
    this.#stdin = stdin;
    this.#maxBytes = maxBytes;
    stdin.on('drain', () => this.#drain());
  }

  /**
   * Queues one message; line breaks between its tokens become spaces. Exactly one of the callbacks is called, unless the
   * message is taken back. Returns how to take it back, or undefined when there is no room.
   */
  push(message: Buffer, sent: () => void, dropped: () => void): (() => boolean) | undefined {
    if (this.#closed || this.#waitingBytes + message.length > this.#maxBytes) return undefined;
    const waiting = { bytes: oneLine(message), sent, dropped };
    this.#waiting.push(waiting);
    this.#waitingBytes += message.length;
    queueMicrotask(() => this.#drain());
    return () => {
      const index = this.#waiting.indexOf(waiting);
      if (index === -1) return false;
      this.#waiting.splice(index, 1);
      this.#waitingBytes -= message.length;
      return true;
    };
  }

  /** Drops what waits; nothing is written any more. */
  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.dropped();
  }

  #drain(): void {
    this.#full = this.#stdin.writableNeedDrain;
    while (!this.#full && !this.#closed) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#waitingBytes -= next.bytes.length;
      this.#stdin.cork();
      this.#stdin.write(next.bytes);
      this.#full = !this.#stdin.write(NEWLINE);
      this.#stdin.uncork();
      next.sent();
    }
  }
}

/** JSON has raw line breaks only between tokens, where a space says the same. */
function oneLine(message: Buffer): Buffer {
  if (!message.includes(0x0a) && !message.includes(0x0d)) return message;
  return Buffer.from(message.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)));
}
