/**
 * Moves durable entries from the journal to the database, in order, in bounded transactions, off the call path. While the
 * database cannot be written they stay in the journal; past the bound of the journal nothing more may be appended.
 */
import { PortcullisError } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { deltasOf } from './chain-writer.ts';
import type { LinkedEntry } from './chain-writer.ts';
import type { Journal } from './journal.ts';
import type { LogLimits } from './limits.ts';
import { indexOf, readLine, rowOf } from './line.ts';
import { segmentLines } from './segment-lines.ts';

export type EntryStore = Pick<Store, 'entries' | 'chains'>;

export interface MoverOptions {
  readonly chain: string;
  readonly publicKeyPem: string;
  readonly store: EntryStore;
  readonly limits: LogLimits;
  readonly journal: Pick<Journal, 'segments' | 'bytes' | 'forget'>;
  /** Last entry that the database has. */
  readonly movedSeq: number;
}

interface Cursor {
  readonly path: string;
  readonly offset: number;
}

interface Batch {
  readonly entries: readonly LinkedEntry[];
  readonly cursor?: Cursor | undefined;
}

export class Mover {
  readonly #options: MoverOptions;
  /** The newest entries, up to the end of the journal; empty while reading back. */
  #queue: LinkedEntry[] = [];
  #readingBack = false;
  /** Where reading back goes on, once the entries before it are in the database. */
  #cursor: Cursor | undefined;
  #movedSeq: number;
  #durableSeq: number;
  #failure: string | undefined;
  #isFull = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waiters: {
    readonly seq: number;
    readonly resolve: () => void;
    readonly reject: (error: PortcullisError) => void;
  }[] = [];
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(options: MoverOptions) {
    this.#options = options;
    this.#movedSeq = options.movedSeq;
    this.#durableSeq = options.movedSeq;
  }

  get movedSeq(): number {
    return this.#movedSeq;
  }

  /** Why nothing may be appended, or undefined. */
  get trouble(): string | undefined {
    if (!this.#isFull) return undefined;
    return this.#failure === undefined
      ? 'the journal is full because the database does not keep up'
      : `the journal is full because the database takes nothing: ${this.#failure}`;
  }

  /** Takes over entries that are durable in the journal. */
  push(entries: readonly LinkedEntry[]): void {
    this.#durableSeq = entries.at(-1)?.seq ?? this.#durableSeq;
    if (!this.#readingBack) for (const entry of entries) this.#queue.push(entry);
    if (this.#queue.length > this.#options.limits.maxInMemory) {
      this.#queue = [];
      this.#readingBack = true;
    }
    this.#measure();
    if (this.#running === undefined) this.#startSoon();
  }

  /** Resolves when every entry durable now is in the database. Rejects when the log closes before. */
  moved(): Promise<void> {
    if (this.#movedSeq >= this.#durableSeq) return Promise.resolve();
    const seq = this.#durableSeq;
    return new Promise((resolve, reject) => {
      this.#waiters.push({ seq, resolve, reject });
      this.#start();
    });
  }

  /** Moves what is left; gives up at the first failure, then the journal keeps the rest for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    do {
      this.#start();
      await this.#running;
    } while (this.#movedSeq < this.#durableSeq && this.#failure === undefined);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new PortcullisError('PC_SHUTTING_DOWN'));
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#movedSeq < this.#durableSeq && !this.#closed) this.#startSoon();
    });
  }

  #startSoon(): void {
    if (!this.#canWait()) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), this.#options.limits.batchDelayMs).unref();
  }

  async #run(): Promise<void> {
    while (this.#movedSeq < this.#durableSeq) {
      try {
        await this.#insert(this.#readingBack ? await this.#readBack() : this.#nextFromMemory());
        this.#failure = undefined;
      } catch (error) {
        this.#failure = error instanceof PortcullisError ? error.message : 'an unexpected failure';
        if (this.#closed) return;
        await this.#pause();
        continue;
      }
      // A database that answers synchronously must not keep the event loop to itself.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#canWait()) return;
    }
  }

  #canWait(): boolean {
    const urgent = this.#closed || this.#readingBack || this.#waiters.length > 0;
    return !urgent && this.#queue.length < this.#options.limits.batchEntries;
  }

  async #insert({ entries, cursor }: Batch): Promise<void> {
    const last = entries.at(-1);
    if (last === undefined)
      throw new PortcullisError('PC_LOG_UNAVAILABLE', { detail: 'the journal lacks entries that it had' });
    const { chain, publicKeyPem, store, journal } = this.#options;
    const rows = entries.map((entry) => rowOf(entry.index, chain, entry.seq, entry.line));
    const head = { chain, seq: last.seq, hash: last.hash, publicKey: publicKeyPem };
    await store.entries.insertBatch(chain, rows, deltasOf(entries), head);
    this.#movedSeq = last.seq;
    this.#cursor = cursor;
    // Memory may have overflowed during the insert: then the queue is empty and the files have the rest.
    if (!this.#readingBack) this.#queue = this.#queue.slice(entries.length);
    else if (this.#movedSeq === this.#durableSeq) this.#readingBack = false;
    this.#waiters = this.#waiters.filter((waiter) => {
      if (waiter.seq > this.#movedSeq) return true;
      waiter.resolve();
      return false;
    });
    await journal.forget(this.#movedSeq);
    this.#measure();
  }

  #measure(): void {
    const { limits, journal } = this.#options;
    const behind = this.#durableSeq - this.#movedSeq;
    this.#isFull = behind > 0 && (behind >= limits.maxSpoolEntries || journal.bytes >= limits.maxSpoolBytes);
  }

  #nextFromMemory(): Batch {
    return { entries: this.#queue.slice(0, this.#options.limits.batchEntries) };
  }

  /** The next batch after what was moved, from the files. */
  async #readBack(): Promise<Batch> {
    const entries: LinkedEntry[] = [];
    const from = this.#movedSeq + 1;
    for (const segment of this.#options.journal.segments) {
      if (segment.lastSeq < from) continue;
      const start = this.#cursor?.path === segment.path ? this.#cursor.offset : 0;
      for await (const { text, end } of segmentLines(segment.path, start, segment.bytes)) {
        const facts = readLine(text);
        if (facts === undefined || facts.seq < from) continue;
        entries.push({ index: indexOf(facts.kind, text), line: text, seq: facts.seq, hash: facts.hash });
        if (entries.length === this.#options.limits.batchEntries)
          return { entries, cursor: { path: segment.path, offset: end } };
      }
    }
    return { entries };
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.limits.retryMs).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
