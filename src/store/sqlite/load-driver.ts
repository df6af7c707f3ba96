/** The SQLite of this Node: its own from 22.14 on, before that a package with the same interface. */

export interface SqliteStatement {
  run(...parameters: (string | number | bigint | Uint8Array | null)[]): { readonly changes: number | bigint };
  all(...parameters: (string | number | bigint | Uint8Array | null)[]): unknown[];
  /** Empty for a statement that gives no rows. */
  columns(): readonly unknown[];
}

export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export type SqliteDriver = new (
  path: string,
  options: { readonly timeout: number; readonly enableForeignKeyConstraints: boolean },
) => SqliteDatabase;

/** @throws the loader's error when the package for this platform is missing */
export async function loadSqlite(): Promise<SqliteDriver> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 14)) return builtIn();
  const { DatabaseSync } = await import('@photostructure/sqlite');
  return DatabaseSync;
}

/** Node 22 warns at the first load that its SQLite is experimental; owners can do nothing with that line. */
function builtIn(): SqliteDriver {
  const emitWarning = process.emitWarning;
  const others = (...args: unknown[]): void => {
    if (!String(args[0]).includes('SQLite is an experimental feature'))
      Reflect.apply(emitWarning, process, args);
  };
  process.emitWarning = others as typeof process.emitWarning;
  try {
    return process.getBuiltinModule('node:sqlite').DatabaseSync;
  } finally {
    process.emitWarning = emitWarning;
  }
}
