/** What differs between the two databases. All else is one query text. */
import type { Db, Tx } from './schema.ts';
import type { Block } from './log/block.ts';
import type { ChainRow, Store } from './types.ts';

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
  /** The same, for what a crash of the machine may undo: SQLite then does not wait for the disk. */
  readonly passing: Db;
  /** Runs `work`; what is committed meanwhile may become durable at its end, together. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** All of it in one transaction; none of the blocks is there yet. */
  insertBlocks(blocks: readonly Block[], head: ChainRow): Promise<void>;
  /** Resolves when what was inserted outlasts a crash of the machine. */
  flush(): Promise<void>;
  /** Gives free room back to the system, without holding up other work. */
  reclaim(): Promise<void>;
  /** Calls `wake` when anything may have changed; returns the function that stops it. */
  watch(wake: () => void): () => void;
  /** Inside the transaction of a change: makes other processes look once it is committed. */
  announce(tx: Tx, revision: number): Promise<void>;
  close(): Promise<void>;
}
