/**
 * Decisions as they are written, by any node on the database. One reader serves all listeners: it looks at the heads of the
 * chains while anybody listens, so nothing is missed and nothing is read twice. While the database cannot be read it waits.
 */
import { mergeEntries, type DecisionRecord } from '../audit/index.ts';
import type { Store } from '../store/index.ts';

const LOOK_MS = 250;

export type DecisionListener = (record: DecisionRecord) => void;

export class DecisionFeed {
  readonly #store: Pick<Store, 'chains' | 'entries'>;
  readonly #lookMs: number;
  readonly #listeners = new Set<DecisionListener>();
  #timer: NodeJS.Timeout | undefined;
  #seen: Map<string, number> | undefined;

  constructor(store: Pick<Store, 'chains' | 'entries'>, lookMs: number = LOOK_MS) {
    this.#store = store;
    this.#lookMs = lookMs;
  }

  /** Resolves when nothing written from now on will be missed; with the function that ends listening. */
  async listen(listener: DecisionListener): Promise<() => void> {
    this.#seen ??= await this.#heads();
    this.#listeners.add(listener);
    this.#timer ??= setTimeout(() => void this.#look(), this.#lookMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#seen = undefined;
    this.#listeners.clear();
  }

  async #heads(): Promise<Map<string, number>> {
    return new Map((await this.#store.chains.list()).map(({ chain, seq }) => [chain, seq]));
  }

  async #look(): Promise<void> {
    const seen = this.#seen;
    if (seen === undefined) return;
    try {
      for (const [chain, seq] of await this.#heads()) await this.#read(seen, chain, seq);
    } catch {
      // Looked at again with the next turn: what was not read stays unread.
    }
    if (this.#seen === seen) this.#timer = setTimeout(() => void this.#look(), this.#lookMs);
  }

  async #read(seen: Map<string, number>, chain: string, head: number): Promise<void> {
    const from = (seen.get(chain) ?? 0) + 1;
    if (from > head) return;
    for await (const row of this.#store.entries.read(chain, from, head)) {
      seen.set(chain, row.seq);
      if (row.kind !== 'decision') continue;
      const record = mergeEntries([row]);
      for (const listener of this.#listeners) listener(record);
    }
    seen.set(chain, head);
  }
}
