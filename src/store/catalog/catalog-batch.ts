/** What one transaction over the index reads and writes. */
import { sql } from 'kysely';
import type { Tx } from '../schema.ts';
import { SERVER_COLUMNS, SERVERS, TOOL_COLUMNS, TOOLS } from './index-tables.ts';
import type { DialectSql } from './dialect-sql.ts';
import type { CatalogBatch, CatalogServerRow, CatalogToolRow } from './types.ts';

/** Rows of one statement: some milliseconds. */
const SLICE = 500;

export function openBatch(tx: Tx, { among, save, remove }: DialectSql): CatalogBatch {
  return {
    async nextIds() {
      const { rows } = await sql<{ server: number; tool: number }>`select
        (select coalesce(max(id), 0) + 1 from catalog_servers) as server,
        (select coalesce(max(id), 0) + 1 from catalog_tools) as tool`.execute(tx);
      return rows[0]!;
    },

    async serversByKey(keys) {
      if (keys.length === 0) return [];
      const { rows } = await sql<{ key: string; serverId: number }>`select key, server_id from catalog_keys
        where ${among('key', keys)} order by server_id`.execute(tx);
      return rows;
    },

    async serversById(ids) {
      if (ids.length === 0) return [];
      const { rows } = await sql<CatalogServerRow>`select ${sql.raw(SERVER_COLUMNS)} from catalog_servers
        where ${among('id', ids)}`.execute(tx);
      return rows;
    },

    async takenSlugs(slugs) {
      if (slugs.length === 0) return [];
      const { rows } = await sql<{
        slug: string;
      }>`select slug from catalog_servers where ${among('slug', slugs)}`.execute(tx);
      return rows.map(({ slug }) => slug);
    },

    async toolsOf(serverIds) {
      if (serverIds.length === 0) return [];
      const { rows } = await sql<CatalogToolRow>`select ${sql.raw(TOOL_COLUMNS)} from catalog_tools
        where ${among('server_id', serverIds)}`.execute(tx);
      return rows;
    },

    async overridesOf(serverIds) {
      if (serverIds.length === 0) return [];
      const { rows } = await sql<{ serverId: number; tool: string; class: string }>`
        select server_id, tool, class from catalog_overrides where ${among('server_id', serverIds)}`.execute(
        tx,
      );
      return rows;
    },

    async saveServers(rows) {
      const saved = rows.map(({ row: { updatedAt, ...row }, words, before }) => ({
        row: { ...row, updated_at: updatedAt },
        words,
        before,
      }));
      for (let start = 0; start < saved.length; start += SLICE)
        await save(tx, SERVERS, saved.slice(start, start + SLICE));
    },

    async saveTools(rows) {
      const saved = rows.map(({ row: { serverId, updatedAt, ...row }, words, before }) => ({
        row: { ...row, server_id: serverId, updated_at: updatedAt },
        words,
        before,
      }));
      for (let start = 0; start < saved.length; start += SLICE)
        await save(tx, TOOLS, saved.slice(start, start + SLICE));
    },

    async removeTools(rows) {
      if (rows.length > 0) await remove(tx, TOOLS, rows);
    },

    async saveKeys(keys) {
      for (const { key, serverId } of keys)
        await sql`insert into catalog_keys (key, server_id) values (${key}, ${serverId})
          on conflict (key, server_id) do nothing`.execute(tx);
    },

    async override(serverId, tool, toolClass) {
      await (
        toolClass === null
          ? sql`delete from catalog_overrides where server_id = ${serverId} and tool = ${tool}`
          : sql`insert into catalog_overrides (server_id, tool, class) values (${serverId}, ${tool}, ${toolClass})
            on conflict (server_id, tool) do update set class = excluded.class`
      ).execute(tx);
    },

    async addTotals(changes) {
      for (const [name, change] of Object.entries(changes))
        if (change !== 0)
          await sql`insert into catalog_totals (name, value) values (${name}, ${change})
            on conflict (name) do update set value = catalog_totals.value + excluded.value`.execute(tx);
    },
  };
}
