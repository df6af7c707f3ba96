/** Kysely over one SQLite handle: a transaction takes the write lock at its start, queries outside of one run alone. */
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import type { SqliteHandle } from './handle.ts';

/** @param lasting false: a crash of the machine may undo its transactions */
export function sqliteDialect(handle: SqliteHandle, lasting = true): Dialect {
  return {
    createDriver: () => new HandleDriver(handle, lasting),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class HandleDriver implements Driver {
  readonly #handle: SqliteHandle;
  readonly #lasting: boolean;

  constructor(handle: SqliteHandle, lasting: boolean) {
    this.#handle = handle;
    this.#lasting = lasting;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<HandleConnection> {
    return new HandleConnection(this.#handle, await this.#handle.lock());
  }

  beginTransaction(): Promise<void> {
    return this.#handle.begin(this.#lasting);
  }

  async commitTransaction(): Promise<void> {
    this.#handle.commit();
  }

  async rollbackTransaction(): Promise<void> {
    this.#handle.rollback();
  }

  async releaseConnection(connection: HandleConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

class HandleConnection implements DatabaseConnection {
  readonly #handle: SqliteHandle;
  readonly release: () => void;

  constructor(handle: SqliteHandle, release: () => void) {
    this.#handle = handle;
    this.release = release;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = this.#handle.prepare(sql).run(parameters);
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
  }

  // oxlint-disable-next-line require-yield -- long results are read in pages, which lets other queries in between
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('not supported: read in pages');
  }
}
