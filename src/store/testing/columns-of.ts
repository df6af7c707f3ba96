/** The tables of a database and their columns. */
import { sql } from 'kysely';
import type { Backend } from '../backend.ts';

/** By table. Of PostgreSQL the own schema alone is looked at: others may vanish meanwhile. */
export async function columnsOf({
  db,
  dialect,
}: Pick<Backend, 'db' | 'dialect'>): Promise<ReadonlyMap<string, readonly string[]>> {
  if (dialect === 'sqlite') {
    const tables = await db.introspection.getTables();
    return new Map(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));
  }
  const { rows } = await sql<{ readonly name: string; readonly columns: string }>`
    select c.relname as name, string_agg(a.attname, ' ' order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
    group by c.relname order by c.relname`.execute(db);
  return new Map(rows.map(({ name, columns }) => [name, columns.split(' ')]));
}
