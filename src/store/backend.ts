/** What differs between the two databases. All else is one query text. */
import type { Db, Tx } from './schema.ts';
import type { ChainRow, EntryRow, Store } from './types.ts';

export interface EntryBatch {
  readonly rows: readonly EntryRow[];
  readonly deltas: readonly CounterChange[];
  readonly head: ChainRow;
}

export interface CounterChange {
  readonly seq: number;
  readonly key: string;
  readonly bucket: number;
  readonly amount: number;
  readonly expires: number;
}

export interface Backend {
  readonly dialect: Store['dialect'];
  readonly db: Db;
  /** All of the batch in one transaction, lines that are there already and their changes left out. */
  insertBatch(batch: EntryBatch): Promise<void>;
  /** Calls `wake` when anything may have changed; returns the function that stops it. */
  watch(wake: () => void): () => void;
  /** Inside the transaction of a change: makes other processes look once it is committed. */
  announce(tx: Tx, revision: number): Promise<void>;
  close(): Promise<void>;
}
