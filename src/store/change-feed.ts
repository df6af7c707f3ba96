/**
 * Tells listeners that the configuration changed, once for all changes since they last heard. A listener counts from the
 * opening of the store, so that nothing is missed between its own reading and its subscription. While the database cannot
 * be read, it is asked again until it can.
 */

type Listener = (revision: number) => void;

const RETRY_MS = 100;

export class ChangeFeed {
  readonly #subscriptions = new Set<{ readonly listener: Listener; known: number }>();
  readonly #atOpening: number;
  readonly #read: () => Promise<number>;
  readonly #watch: (wake: () => void) => () => void;
  #stopWatching: (() => void) | undefined;
  #reading = false;
  #asked = false;
  #closed = false;

  constructor(atOpening: number, read: () => Promise<number>, watch: (wake: () => void) => () => void) {
    this.#atOpening = atOpening;
    this.#read = read;
    this.#watch = watch;
  }

  subscribe(listener: Listener): () => void {
    const subscription = { listener, known: this.#atOpening };
    this.#subscriptions.add(subscription);
    this.#stopWatching ??= this.#watch(() => this.look());
    this.look();
    return () => {
      this.#subscriptions.delete(subscription);
      if (this.#subscriptions.size === 0) this.#stop();
    };
  }

  /** Reads the revision and tells who does not know it; returns at once. */
  look(): void {
    this.#asked = true;
    if (!this.#reading) void this.#answer();
  }

  close(): void {
    this.#closed = true;
    this.#subscriptions.clear();
    this.#stop();
  }

  async #answer(): Promise<void> {
    this.#reading = true;
    while (this.#asked && this.#subscriptions.size > 0) {
      this.#asked = false;
      try {
        this.#tell(await this.#read());
      } catch {
        if (!this.#closed) setTimeout(() => this.look(), RETRY_MS).unref();
      }
    }
    this.#reading = false;
  }

  #tell(revision: number): void {
    for (const subscription of this.#subscriptions) {
      if (subscription.known === revision) continue;
      subscription.known = revision;
      // On its own, so that the others hear of it when one throws.
      queueMicrotask(() => {
        if (this.#subscriptions.has(subscription)) subscription.listener(revision);
      });
    }
  }

  #stop(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}
