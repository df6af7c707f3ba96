/** The index in SQLite: words stand in a full-text table whose rows are numbered by position, so that it gives the best first. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Tx } from '../schema.ts';
import { upsert, type DialectSql, type IndexTable } from './dialect-sql.ts';
import { ftsColumns } from './word-columns.ts';
import { ftsQuery } from './word-query.ts';

const WORDS = { catalog_servers: 'catalog_server_words', catalog_tools: 'catalog_tool_words' } as const;

export const sqliteSql: DialectSql = {
  among: (column, values) =>
    sql`${sql.raw(column)} in (select value from json_each(${JSON.stringify(values)}))`,

  // A transaction has the write lock from its start.
  lock: async () => {},

  async save(tx, table, rows) {
    const moved = rows.flatMap(({ before }) => before ?? []);
    await removeWords(tx, table, moved);
    // A position that another row of the batch leaves is free before it is taken.
    await sql`update ${sql.raw(table.table)} set position = -1 - position
      where position in (select value from json_each(${JSON.stringify(moved)}))`.execute(tx);
    await upsert(
      table,
      [],
      recordsOf(
        rows.map(({ row }) => row),
        table.columns.map(([name]) => name),
      ),
    ).execute(tx);
    const words = rows.map(({ row, words: some }) => ({ position: row.position, ...ftsColumns(some) }));
    await sql`insert into ${sql.raw(WORDS[table.table])} (rowid, name, rest, facets)
      ${recordsOf(words, ['position', 'name', 'rest', 'facets'])}`.execute(tx);
  },

  async remove(tx, table, rows) {
    await removeWords(
      tx,
      table,
      rows.map(({ position }) => position),
    );
    await sql`delete from ${sql.raw(table.table)} where id in (select value from json_each(${JSON.stringify(rows.map(({ id }) => id))}))`.execute(
      tx,
    );
  },

  tidy: ['pragma optimize'],

  async search<Row>(
    ...[db, { table }, columns, query, after, limit]: Parameters<DialectSql['search']>
  ): Promise<readonly Row[]> {
    const match = ftsQuery(query);
    const result = await (
      match === undefined
        ? sql<Row>`select ${sql.raw(columns)} from ${sql.raw(table)} as t where position > ${after} order by position limit ${limit}`
        : sql<Row>`select ${sql.raw(columns)} from ${sql.raw(WORDS[table])} as w cross join ${sql.raw(table)} as t on t.position = w.rowid
          where ${sql.raw(WORDS[table])} match ${match} and w.rowid > ${after} order by w.rowid limit ${limit}`
    ).execute(db);
    return result.rows;
  },
};

async function removeWords(tx: Tx, { table }: IndexTable, positions: readonly number[]): Promise<void> {
  if (positions.length === 0) return;
  await sql`delete from ${sql.raw(WORDS[table])} where rowid in (select value from json_each(${JSON.stringify(positions)}))`.execute(
    tx,
  );
}

/** `where true` tells SQLite's parser that the conflict clause that may follow is not a join's. */
function recordsOf(rows: readonly object[], columns: readonly string[]): RawBuilder<unknown> {
  const list = columns.map((name) => `value ->> '$.${name}'`).join(', ');
  return sql`select ${sql.raw(list)} from json_each(${JSON.stringify(rows)}) where true`;
}
