/** The index in PostgreSQL: words are a column beside the row. */
import { sql } from 'kysely';
import { upsert, type DialectSql } from './dialect-sql.ts';
import { tsVector } from './word-columns.ts';
import { tsQuery } from './word-query.ts';

/** "Catalog" in ASCII. */
const LOCK_ID = '18965835229197159';

/** Rows that are looked at one by one before their index is asked: some milliseconds. */
const WINDOW = 2_000;

export const postgresSql: DialectSql = {
  among: (column, values) =>
    sql`${sql.raw(column)} = any(${values}::${sql.raw(typeof values[0] === 'string' ? 'text' : 'bigint')}[])`,

  async lock(tx) {
    await sql`select pg_advisory_xact_lock(${LOCK_ID}::bigint)`.execute(tx);
  },

  async save(tx, table, rows) {
    const moved = rows.flatMap(({ before }) => before ?? []);
    // A position that another row of the batch leaves is free before it is taken.
    if (moved.length > 0)
      await sql`update ${sql.raw(table.table)} set position = -1 - position where position = any(${moved}::bigint[])`.execute(
        tx,
      );
    const records = rows.map(({ row, words }) => ({ ...row, words: tsVector(words) }));
    const types = table.columns.map(([name, type]) => `${name} ${type}`).join(', ');
    const names = table.columns.map(([name]) => name).join(', ');
    await upsert(
      table,
      ['words'],
      sql`select ${sql.raw(names)}, words::tsvector
        from json_to_recordset(${JSON.stringify(records)}::json) as r(${sql.raw(types)}, words text)`,
    ).execute(tx);
  },

  async remove(tx, table, rows) {
    await sql`delete from ${sql.raw(table.table)} where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(
      tx,
    );
  },

  tidy: ['analyze catalog_servers', 'analyze catalog_tools', 'analyze catalog_keys'],

  async search<Row>(
    ...[db, { table }, columns, query, after, limit]: Parameters<DialectSql['search']>
  ): Promise<readonly Row[]> {
    const match = tsQuery(query);
    const found = match === undefined ? sql`true` : sql`words @@ ${match}::tsquery`;
    // What is frequent fills its page from the best ranked rows.
    const { rows: first } = await sql<Row>`
      with best as materialized (
        select ${sql.raw(columns)}, words from ${sql.raw(table)} as t
        where position > ${after} order by position limit ${match === undefined ? limit : WINDOW}
      )
      select ${sql.raw(columns)} from best as t where ${found} order by position limit ${limit}`.execute(db);
    if (first.length === limit || match === undefined) return first;
    // What is not has few rows, but the planner cannot know that of words that seldom meet: it is told to use their index.
    return db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      await sql`set local enable_indexscan = off`.execute(tx);
      const { rows } = await sql<Row>`
        with matching as materialized (
          select ${sql.raw(columns)} from ${sql.raw(table)} as t where ${found} and position > ${after}
        )
        select ${sql.raw(columns)} from matching as t order by position limit ${limit}`.execute(tx);
      return rows;
    });
  },
};
