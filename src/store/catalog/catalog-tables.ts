/** The index of servers and tools, for the code that merges and searches it. */
import { sql } from 'kysely';
import type { Access } from '../changes.ts';
import type { Store } from '../types.ts';
import { openBatch } from './catalog-batch.ts';
import { SERVER_COLUMNS, SERVERS, TOOL_COLUMNS, TOOLS } from './index-tables.ts';
import { postgresSql } from './postgres-sql.ts';
import { sqliteSql } from './sqlite-sql.ts';
import type { CatalogHitRow, CatalogServerRow, CatalogTables, CatalogToolRow } from './types.ts';

const HIT_COLUMNS = 'position, t.name, hit';

export function catalogTables({ db, pass, write }: Access, dialect: Store['dialect']): CatalogTables {
  const spelled = dialect === 'sqlite' ? sqliteSql : postgresSql;
  return {
    batch: (work, lasting = true) =>
      (lasting ? write : pass)(async (tx) => {
        await spelled.lock(tx);
        return work(openBatch(tx, spelled));
      }),

    async tidy() {
      for (const statement of spelled.tidy) await sql.raw(statement).execute(db);
    },

    async totals() {
      const { rows } = await sql<{
        name: string;
        value: number;
      }>`select name, value from catalog_totals`.execute(db);
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    },

    async updatedAt() {
      const { rows } = await sql<{
        at: number | null;
      }>`select max(updated_at) as at from catalog_servers`.execute(db);
      return rows[0]?.at ?? null;
    },

    async server(slug) {
      const { rows } =
        await sql<CatalogServerRow>`select ${sql.raw(SERVER_COLUMNS)} from catalog_servers where slug = ${slug}`.execute(
          db,
        );
      return rows[0];
    },

    async serversByKey(keys) {
      const { rows } = await sql<CatalogServerRow & { key: string }>`select k.key, ${sql.raw(
        SERVER_COLUMNS,
      )} from catalog_keys as k join catalog_servers as s on s.id = k.server_id
        where ${spelled.among('k.key', keys)}`.execute(db);
      return rows
        .toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key))
        .map(({ id, slug, position, facts, extra, updatedAt }) => ({
          id,
          slug,
          position,
          facts,
          extra,
          updatedAt,
        }));
    },

    async tools(serverId) {
      const { rows } =
        await sql<CatalogToolRow>`select ${sql.raw(TOOL_COLUMNS)} from catalog_tools where server_id = ${serverId}`.execute(
          db,
        );
      return rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },

    async tool(serverId, name) {
      const { rows } =
        await sql<CatalogToolRow>`select ${sql.raw(TOOL_COLUMNS)} from catalog_tools where server_id = ${serverId} and name = ${name}`.execute(
          db,
        );
      return rows[0];
    },

    searchServers: (query, after, limit) =>
      spelled.search<CatalogServerRow>(db, SERVERS, SERVER_COLUMNS, query, after, limit),

    searchTools: (query, after, limit) =>
      spelled.search<CatalogHitRow>(db, TOOLS, HIT_COLUMNS, query, after, limit),
  };
}
