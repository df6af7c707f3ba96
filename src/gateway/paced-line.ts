/**
 * The way to a client that has one line for everything: while it is full, whoever would write more is asked to wait, so that
 * a client that does not read holds up the server and not the memory of the gateway.
 */

export interface ChannelWriter {
  readonly surface: 'sse' | 'stdio';
  /** Sends one message to the client; false when the line is full. */
  write(message: Buffer): boolean;
  /** Calls back once, when a full line has room again. */
  onDrain(listener: () => void): void;
}

export class PacedLine {
  readonly surface: ChannelWriter['surface'];
  readonly #writer: ChannelWriter;
  readonly #waiting = new Set<() => void>();
  #full = false;

  constructor(writer: ChannelWriter) {
    this.surface = writer.surface;
    this.#writer = writer;
  }

  /** What has no room at once is kept by the line and sent later. */
  write(message: Buffer): void {
    if (this.#writer.write(message) || this.#full) return;
    this.#full = true;
    this.#writer.onDrain(() => this.free());
  }

  /** Whether the line can take more; when false, `listener` is called once it can again. */
  ready(listener: () => void): boolean {
    if (this.#full) this.#waiting.add(listener);
    return !this.#full;
  }

  /** There is room, or nobody who could wait for it. */
  free(): void {
    this.#full = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const listener of waiting) listener();
  }
}
