/**
 * Moves durable entries from the journal to the database, in order, in bounded transactions, off the call path. While the
 * database cannot be written they stay in the journal; past the bound of the journal nothing more may be appended.
 */
import { PortcullisError } from '../errors.ts';
import { BlockBuilder, type ChainRow, type Store } from '../store/index.ts';
import { deltasOf } from './chain-writer.ts';
import type { LinkedEntry, ReadEntry } from './chain-writer.ts';
import type { Journal } from './journal.ts';
import type { LogLimits } from './limits.ts';
import { factsOf, indexOf, readLine, rowOf } from './line.ts';
import { segmentLines } from './segment-lines.ts';
import type { CounterDelta } from './types.ts';

export type EntryStore = Pick<Store, 'entries' | 'chains'>;

export interface MoverOptions {
  readonly chain: string;
  readonly publicKeyPem: string;
  readonly store: EntryStore;
  readonly limits: LogLimits;
  readonly journal: Pick<Journal, 'segments' | 'bytes' | 'canForget' | 'forget'>;
  /** Last entry that the database has. */
  readonly movedSeq: number;
}

interface Cursor {
  readonly path: string;
  readonly offset: number;
}

/** Entries that were read back from the files. */
interface Batch {
  readonly entries: readonly ReadEntry[];
  readonly cursor?: Cursor | undefined;
}

/** Entries that go to the database together. */
interface Gathered {
  readonly block: BlockBuilder;
  /** Hash of the last one. */
  hash: string;
}

const NONE: readonly CounterDelta[] = [];

export class Mover {
  readonly #options: MoverOptions;
  /** The newest entries, up to the end of the journal, oldest block first; empty while reading back. */
  #queue: Gathered[] = [];
  /** What the database is given now: it takes no more entries, so that it can be given again as it is. */
  #moving: Gathered | undefined;
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
  push(entries: readonly LinkedEntry[], bytes: Buffer): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    this.#durableSeq = last.seq;
    if (!this.#readingBack) this.#gather(entries, bytes, last.hash);
    if (this.#inMemory > this.#options.limits.maxInMemory) {
      this.#queue = [];
      this.#readingBack = true;
    }
    this.#measure();
    if (this.#running === undefined) this.#startSoon();
  }

  #gather(entries: readonly LinkedEntry[], bytes: Buffer, hash: string): void {
    let open = this.#queue.at(-1);
    if (open === undefined || open === this.#moving || open.block.size >= this.#options.limits.batchEntries) {
      open = { block: new BlockBuilder(this.#options.chain, entries[0]!.seq), hash };
      this.#queue.push(open);
    }
    for (const { index } of entries) {
      open.block.add(factsOf(index));
      for (const change of index.counters ?? NONE) open.block.addChange(change);
    }
    open.block.addLines(bytes);
    open.hash = hash;
  }

  get #inMemory(): number {
    return this.#queue.reduce((sum, { block }) => sum + block.size, 0);
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
        await (this.#readingBack ? this.#moveFromFiles() : this.#moveFromMemory());
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
    const [first] = this.#queue;
    return !urgent && (first === undefined || first.block.size < this.#options.limits.batchEntries);
  }

  async #moveFromMemory(): Promise<void> {
    const next = this.#queue[0];
    if (next === undefined) throw lacking();
    this.#moving = next;
    const block = next.block.build();
    await this.#options.store.entries.insertBlock(block, this.#head(block.lastSeq, next.hash));
    this.#moving = undefined;
    // Memory may have overflowed meanwhile: then the queue is empty and the files have the rest.
    if (this.#queue[0] === next) this.#queue.shift();
    await this.#reached(block.lastSeq, undefined);
  }

  async #moveFromFiles(): Promise<void> {
    const { entries, cursor } = await this.#readBack();
    const last = entries.at(-1);
    if (last === undefined) throw lacking();
    const { chain, store } = this.#options;
    const rows = entries.map((entry) => rowOf(entry.index, chain, entry.seq, entry.line));
    await store.entries.insertBatch(chain, rows, deltasOf(entries), this.#head(last.seq, last.hash));
    await this.#reached(last.seq, cursor);
  }

  #head(seq: number, hash: string): ChainRow {
    const { chain, publicKeyPem } = this.#options;
    return { chain, seq, hash, publicKey: publicKeyPem };
  }

  async #reached(seq: number, cursor: Cursor | undefined): Promise<void> {
    this.#movedSeq = seq;
    this.#cursor = cursor;
    if (this.#readingBack && seq === this.#durableSeq) this.#readingBack = false;
    await this.#forget(seq);
    this.#measure();
    this.#waiters = this.#waiters.filter((waiter) => {
      if (waiter.seq > seq) return true;
      waiter.resolve();
      return false;
    });
  }

  /** A journal file goes once the database would outlast a crash of the machine. */
  async #forget(seq: number): Promise<void> {
    const { journal, store } = this.#options;
    if (!journal.canForget(seq)) return;
    await store.entries.flush();
    await journal.forget(seq);
  }

  #measure(): void {
    const { limits, journal } = this.#options;
    const behind = this.#durableSeq - this.#movedSeq;
    this.#isFull = behind > 0 && (behind >= limits.maxSpoolEntries || journal.bytes >= limits.maxSpoolBytes);
  }

  /** The next batch after what was moved, from the files. */
  async #readBack(): Promise<Batch> {
    const entries: ReadEntry[] = [];
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

function lacking(): PortcullisError {
  return new PortcullisError('PC_LOG_UNAVAILABLE', { detail: 'the journal lacks entries that it had' });
}
