/** The few statements of the index that the databases spell differently. Rows go in as one JSON text a statement. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db, Tx } from '../schema.ts';
import type { CatalogPosition, Indexed, WordQuery } from './types.ts';

/** A table of the index and its columns. */
export interface IndexTable {
  readonly table: 'catalog_servers' | 'catalog_tools';
  readonly columns: readonly (readonly [name: string, type: 'integer' | 'bigint' | 'text'])[];
}

export type Saved<Row> = Indexed<Row> & { readonly before?: CatalogPosition | undefined };

export interface DialectSql {
  /** `column in (values)`, one parameter however many. */
  among(column: string, values: readonly (string | number)[]): RawBuilder<boolean>;
  /** Until the transaction ends, other writers of the index wait. */
  lock(tx: Tx): Promise<void>;
  /** Rows in snake case. */
  save(
    tx: Tx,
    table: IndexTable,
    rows: readonly Saved<Readonly<Record<string, unknown>> & Placed>[],
  ): Promise<void>;
  remove(tx: Tx, table: IndexTable, rows: readonly Placed[]): Promise<void>;
  /** After much has changed: searches are planned by what is there. */
  readonly tidy: readonly string[];
  /** Best first. */
  search<Row>(
    db: Db,
    from: IndexTable,
    columns: string,
    query: WordQuery,
    after: CatalogPosition,
    limit: number,
  ): Promise<readonly Row[]>;
}

export interface Placed {
  readonly id: number;
  readonly position: CatalogPosition;
}

/** `insert … on conflict` of rows that `source` yields. */
export function upsert(
  { table, columns }: IndexTable,
  extra: readonly string[],
  source: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const names = [...columns.map(([name]) => name), ...extra];
  const changes = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  return sql`insert into ${sql.raw(table)} (${sql.raw(names.join(', '))}) ${source}
    on conflict (id) do update set ${sql.raw(changes.join(', '))}`;
}
