/** A SQLite file as a database: made private at its first use. */
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PortcullisError } from '../../errors.ts';
import { createDb } from '../create-db.ts';
import type { Backend } from '../backend.ts';
import { sqliteDialect } from './dialect.ts';
import { openSqliteHandle } from './handle.ts';
import type { SqliteHandle } from './handle.ts';
import { insertBlocksIntoSqlite } from './insert-blocks.ts';
import { reclaimPages } from './reclaim-pages.ts';
import { watchSqlite } from './watch.ts';

/** `:memory:` keeps nothing. @throws PC_STORE_UNAVAILABLE */
export async function openSqlite(path: string): Promise<Backend> {
  if (path === ':memory:') return sqliteBackend(await openSqliteHandle(path));
  // Absolute, so that no name is taken for a URI with options of its own.
  const file = resolve(path);
  makePrivate(file);
  return sqliteBackend(await openSqliteHandle(file));
}

export function sqliteBackend(handle: SqliteHandle): Backend {
  return {
    dialect: 'sqlite',
    db: createDb(sqliteDialect(handle)),
    passing: createDb(sqliteDialect(handle, false)),
    together: (work) => handle.together(work),
    insertBlocks: (blocks, head) => insertBlocksIntoSqlite(handle, blocks, head),
    flush: () => handle.flush(),
    reclaim: () => reclaimPages(handle),
    watch: (wake) => watchSqlite(handle, wake),
    announce: async () => {},
    close: () => handle.close(),
  };
}

/** The file 0600, and so what SQLite puts beside it; the directory 0700. What exists keeps its mode. */
function makePrivate(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const detail = `${path} cannot be created (${(error as NodeJS.ErrnoException).code})`;
    throw new PortcullisError('PC_STORE_UNAVAILABLE', { detail }, { cause: error });
  }
}
