/** SQL on a database behind its store's back: what somebody does who has the file or the password. */
import { loadSqlite } from '../sqlite/load-driver.ts';
import { query } from './databases.ts';

export async function runSql(url: string, text: string): Promise<unknown[]> {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  if (file === undefined) return query(url, text);
  const Driver = await loadSqlite();
  const database = new Driver(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    return database.prepare(text).all();
  } finally {
    database.close();
  }
}
