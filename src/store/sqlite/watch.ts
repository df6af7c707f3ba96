/** Notices what other connections commit. SQLite has no notifications; its data version is one cheap read. */
import type { SqliteHandle } from './handle.ts';

const POLL_MS = 100;

export function watchSqlite(handle: SqliteHandle, wake: () => void): () => void {
  let known: number | undefined;
  const look = (): void => {
    const version = dataVersion(handle);
    if (version === known) return;
    known = version;
    wake();
  };
  look();
  const timer = setInterval(look, POLL_MS).unref();
  return () => clearInterval(timer);
}

/** Undefined while it cannot be read: the next reading then differs. */
function dataVersion(handle: SqliteHandle): number | undefined {
  try {
    const [row] = handle.prepare('PRAGMA data_version').run([]).rows as { data_version: number }[];
    return row?.data_version;
  } catch {
    return undefined;
  }
}
