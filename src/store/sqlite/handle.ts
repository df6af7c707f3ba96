/**
 * One connection to a SQLite file, shared by everything in this process, one transaction at a time. The driver is
 * synchronous; waiting for another process's transaction is not: it is retried in the background for up to 5 s.
 * Commits are durable (WAL, synchronous=FULL), but for those that say that a crash of the machine may undo them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { PortcullisError } from '../../errors.ts';
import { isBusy, sqliteFailure } from './failures.ts';
import { loadSqlite } from './load-driver.ts';
import type { SqliteDatabase, SqliteStatement } from './load-driver.ts';

const BUSY_MS = 5_000;
/** Pages of the write-ahead log before it is carried over: 16 MiB, so that this happens now and then, not all the time. */
const WAL_PAGES = 4_000;
/** KiB of pages kept in memory: of the indexes of a long log, what is changed all the time. The rest the system keeps. */
const CACHE_KIB = 16_384;
/** Statements kept prepared. Queries come from code, so there are far fewer. */
const MOST_STATEMENTS = 500;

/** Whether a commit waits for the disk; SQLite's word for it. */
type Synchronous = 'FULL' | 'NORMAL';

export interface PreparedStatement {
  /** Rows it gave (empty for one that gives none) and rows it changed. @throws PortcullisError */
  run(parameters: readonly unknown[]): { readonly rows: unknown[]; readonly changes: number };
}

/** @throws PC_STORE_UNAVAILABLE */
export async function openSqliteHandle(path: string): Promise<SqliteHandle> {
  const Driver = await loadSqlite();
  let database: SqliteDatabase;
  try {
    database = new Driver(path, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  } catch (error) {
    throw sqliteFailure(error);
  }
  const handle = new SqliteHandle(database);
  try {
    // Takes effect in a file that has no tables yet; in an older one free pages are used again, and the file keeps its size.
    handle.exec('PRAGMA auto_vacuum = INCREMENTAL');
    // The first switch to WAL needs the file for itself, and SQLite does not wait for that by itself.
    await handle.whenFree('PRAGMA journal_mode = WAL');
    handle.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    handle.exec('PRAGMA synchronous = FULL');
    handle.exec(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}`);
    return handle;
  } catch (error) {
    database.close();
    throw error;
  }
}

export class SqliteHandle {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, PreparedStatement>();
  readonly #waiting: (() => void)[] = [];
  #locked = false;
  /** How many things are under way whose commits become durable together. */
  #gathering = 0;
  #closed = false;
  #synchronous: Synchronous = 'FULL';

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** Resolves with the function that gives the connection back. @throws PC_STORE_UNAVAILABLE after `close` */
  async lock(): Promise<() => void> {
    if (this.#locked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#locked = true;
    if (!this.#closed) return () => this.#unlock();
    this.#unlock();
    throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail: 'it is closed' });
  }

  /** The next in line takes over without a moment in which the connection looks free. */
  #unlock(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#locked = false;
    else next();
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw sqliteFailure(error);
    }
  }

  prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = prepareStatement(this.#database, sql);
    const oldest = this.#statements.size < MOST_STATEMENTS ? undefined : this.#statements.keys().next().value;
    if (oldest !== undefined) this.#statements.delete(oldest);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  /**
   * Takes the write lock. The caller holds the connection.
   * @param lasting false: a crash of the machine may undo it, until `flush`
   */
  async begin(lasting = true): Promise<void> {
    this.#synchronise(lasting ? this.#usual : 'NORMAL');
    try {
      await this.whenFree('BEGIN IMMEDIATE');
    } catch (error) {
      this.#synchronise(this.#usual);
      throw error;
    }
  }

  /** When it throws, nothing is committed: `rollback` follows. */
  commit(): void {
    this.exec('COMMIT');
    this.#synchronise(this.#usual);
  }

  /** After a full disk SQLite has rolled back already, and says so by an error that would hide the first one. */
  rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {}
    try {
      this.#synchronise(this.#usual);
    } catch {}
  }

  /** Runs `work`; what is committed meanwhile becomes durable at its end, together. It is made so when `work` fails, too. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    await this.#gather(1);
    try {
      return await work();
    } finally {
      await this.#gather(-1);
      await this.flush();
    }
  }

  async #gather(change: number): Promise<void> {
    const release = await this.lock();
    this.#gathering += change;
    this.#synchronise(this.#usual);
    release();
  }

  get #usual(): Synchronous {
    return this.#gathering > 0 ? 'NORMAL' : 'FULL';
  }

  /** Not inside of a transaction: there SQLite does not allow it. */
  #synchronise(level: Synchronous): void {
    if (level === this.#synchronous || this.#closed) return;
    this.exec(`PRAGMA synchronous = ${level}`);
    this.#synchronous = level;
  }

  /**
   * Runs `work` in a transaction of its own; nothing else of this process runs in between.
   * @param lasting false: a crash of the machine may undo it, until `flush`
   */
  async transaction<T>(work: () => Promise<T>, lasting = true): Promise<T> {
    const release = await this.lock();
    try {
      await this.begin(lasting);
      try {
        const result = await work();
        this.commit();
        return result;
      } catch (error) {
        this.rollback();
        throw error;
      }
    } finally {
      release();
    }
  }

  /** Makes every transaction so far durable: a checkpoint begins by syncing the write-ahead log. */
  async flush(): Promise<void> {
    const release = await this.lock();
    try {
      await this.whenFree('PRAGMA wal_checkpoint(PASSIVE)');
    } finally {
      release();
    }
  }

  /** Executes once no other process is in the way, without blocking this one. */
  async whenFree(sql: string): Promise<void> {
    const deadline = performance.now() + BUSY_MS;
    for (let wait = 1; ; wait = Math.min(2 * wait, 25)) {
      try {
        this.#database.exec('PRAGMA busy_timeout = 0');
        this.#database.exec(sql);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw sqliteFailure(error);
      } finally {
        this.#database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
      }
      await sleep(wait);
    }
  }

  /** Waits for what runs; later calls fail. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const release = await this.lock();
    this.#closed = true;
    this.#statements.clear();
    this.#database.close();
    release();
  }
}

function prepareStatement(database: SqliteDatabase, sql: string): PreparedStatement {
  let statement: SqliteStatement;
  let givesRows: boolean;
  try {
    statement = database.prepare(sql);
    givesRows = statement.columns().length > 0;
  } catch (error) {
    throw sqliteFailure(error);
  }
  return {
    run(parameters) {
      const bound = parameters.map(bindable);
      try {
        if (givesRows) return { rows: statement.all(...bound), changes: 0 };
        return { rows: [], changes: Number(statement.run(...bound).changes) };
      } catch (error) {
        throw sqliteFailure(error);
      }
    },
  };
}

/** The drivers differ in what they make of undefined and of booleans. */
function bindable(value: unknown): string | number | bigint | Uint8Array | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}
