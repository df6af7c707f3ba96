/**
 * Changes of approvals, by whatever process. While somebody waits or listens the database is looked at several times a
 * second; what this process does is seen at once. While it cannot be read nothing is reported, and nothing is missed.
 */
import type { ApprovalRow, ApprovalStore } from '../store/index.ts';

const LOOK_MS = 300;
/** How far back a look reaches: clocks of nodes differ a little, and commits come late. */
const OVERLAP_MS = 10_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type Listener = (row: ApprovalRow) => void;

export class Watch {
  readonly #store: Pick<ApprovalStore, 'changed' | 'get'>;
  readonly #now: () => number;
  readonly #listeners = new Set<Listener>();
  #seen = new Map<string, { readonly mark: string; readonly at: number }>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;

  constructor(store: Pick<ApprovalStore, 'changed' | 'get'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Hears every change from now on. Resolves with the function that ends it. */
  async listen(listener: Listener): Promise<() => void> {
    if (this.#listeners.size === 0) {
      this.#since = this.#now();
      this.#seen = new Map(
        (await this.#store.changed(this.#since - OVERLAP_MS)).map((row) => [row.id, seen(row)]),
      );
    }
    this.#listeners.add(listener);
    this.#schedule();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Resolves when it no longer waits for people, `ms` are over, or `signal` aborts. @throws PC_STORE_UNAVAILABLE when it cannot be read at the end */
  async settled(id: string, ms: number, signal: AbortSignal): Promise<ApprovalRow | undefined> {
    let finish = (): void => {};
    const over = new Promise<void>((resolve) => (finish = resolve));
    const stop = await this.listen((row) => {
      if (row.id === id && row.state !== 'pending') finish();
    });
    const timer = setTimeout(finish, Math.min(ms, LONGEST_TIMER_MS));
    signal.addEventListener('abort', finish, { once: true });
    const now = await this.#store.get(id);
    if (now?.state !== 'pending' || signal.aborted) finish();
    await over;
    clearTimeout(timer);
    stop();
    return this.#store.get(id);
  }

  /** Something has changed here: whoever listens should hear it soon. */
  look(): void {
    if (this.#listeners.size === 0) return;
    clearTimeout(this.#timer);
    void this.#look();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#looking) return;
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    try {
      do {
        this.#again = false;
        await this.#read();
      } while (this.#again);
    } catch {
      // Looked at again with the next turn.
    }
    this.#looking = false;
    if (this.#listeners.size > 0) this.#schedule();
  }

  async #read(): Promise<void> {
    const rows = await this.#store.changed(this.#since - OVERLAP_MS);
    for (const row of rows) {
      this.#since = Math.max(this.#since, row.updatedAt);
      const now = seen(row);
      if (this.#seen.get(row.id)?.mark === now.mark) continue;
      this.#seen.set(row.id, now);
      for (const listener of this.#listeners) listener(row);
    }
    for (const [id, { at }] of this.#seen) if (at < this.#since - 2 * OVERLAP_MS) this.#seen.delete(id);
  }
}

function seen({ state, updatedAt }: ApprovalRow): { mark: string; at: number } {
  return { mark: `${state} ${updatedAt}`, at: updatedAt };
}
