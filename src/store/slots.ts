/**
 * Numbered directories, one process each. A slot is held by a lock of the operating system on a file in it, so that it is
 * free again however its process ended. Only this module may open that file: closing any other handle of the same
 * process to it would give the lock away (POSIX).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PortcullisError } from '../errors.ts';
import { isBusy, sqliteFailure } from './sqlite/failures.ts';
import { loadSqlite } from './sqlite/load-driver.ts';
import type { SqliteDatabase, SqliteDriver } from './sqlite/load-driver.ts';

const MOST_SLOTS = 1_000;

export interface Slot {
  /** From 0. */
  readonly slot: number;
  readonly path: string;
  /** Gives it back. Idempotent. */
  release(): void;
}

/** Keeps the locks from the garbage collector, which would close and so release them. */
const held = new Set<SqliteDatabase>();

/**
 * The lowest free slot of `directory`, held until `release` or the end of this process.
 * @throws PC_STORE_UNAVAILABLE when the directory cannot be written or has no free slot
 */
export async function claimSlot(directory: string): Promise<Slot> {
  const Driver = await loadSqlite();
  for (let slot = 0; slot < MOST_SLOTS; slot++) {
    const path = join(directory, String(slot));
    const lock = tryLock(Driver, path);
    if (lock === undefined) continue;
    held.add(lock);
    return {
      slot,
      path,
      release() {
        if (held.delete(lock)) lock.close();
      },
    };
  }
  throw new PortcullisError('PC_STORE_UNAVAILABLE', {
    detail: `all ${MOST_SLOTS} slots of ${directory} are taken`,
  });
}

/** Undefined when another process, or this one, has it. */
function tryLock(Driver: SqliteDriver, path: string): SqliteDatabase | undefined {
  let lock: SqliteDatabase | undefined;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    lock = new Driver(join(path, 'lock.db'), { timeout: 0, enableForeignKeyConstraints: true });
    lock.exec('PRAGMA busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return undefined;
    const failure = sqliteFailure(error);
    if (failure instanceof PortcullisError) throw failure;
    const detail = `${path} cannot be created (${(error as NodeJS.ErrnoException).code})`;
    throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail }, { cause: error });
  }
}
