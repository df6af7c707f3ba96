/**
 * Room in a journal file that is on disk before it is needed. A write that makes a file longer has to wait for the file system's own
 * journal, too; one that overwrites zeros waits for its bytes alone, which takes half the time and none of the stalls.
 */
import { open } from 'node:fs/promises';

/** Bytes: what a quiet process needs, then steps that a busy one uses up in a tenth of a second or more. */
const FIRST = 256 * 1024;
const STEP = 1024 * 1024;
const ZEROS = Buffer.alloc(STEP);

export class ZeroedRoom {
  readonly #path: string;
  /** Up to where there are zeros, or lines already. */
  #ready = 0;
  #filling: Promise<void> | undefined;
  #ended = false;

  constructor(path: string) {
    this.#path = path;
    this.#fill(FIRST);
  }

  /** To be awaited before bytes up to `end` are written: zeros must not come after them. */
  async before(end: number): Promise<void> {
    if (end > this.#ready) {
      await this.#filling;
      this.#ready = Math.max(this.#ready, end);
    }
    if (this.#ready - end < STEP / 2) this.#fill(STEP);
  }

  /** Resolves when nothing is written here any more. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#filling;
  }

  #fill(bytes: number): void {
    if (this.#ended || this.#filling !== undefined) return;
    this.#filling = this.#write(this.#ready, bytes)
      // Room is a convenience: a disk that has none left tells it to the write that needs it.
      .catch(() => void (this.#ended = true))
      .finally(() => (this.#filling = undefined));
  }

  async #write(from: number, bytes: number): Promise<void> {
    const handle = await open(this.#path, 'r+');
    try {
      await handle.write(ZEROS, 0, bytes, from);
      await handle.datasync();
      this.#ready = from + bytes;
    } finally {
      await handle.close();
    }
  }
}
