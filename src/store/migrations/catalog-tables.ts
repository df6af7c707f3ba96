/**
 * The index of servers and tools. What lists and searches need stands in columns and search words; everything else of a
 * row is one JSON text, because nothing asks the database about it. A `position` is a row's place in every result list:
 * rank first, so that a search reads the best rows first and stops when its page is full.
 */
import type { Store } from '../types.ts';

const TABLES = [
  `create table catalog_servers (
    id integer primary key,
    slug text not null,
    position bigint not null,
    facts text not null,
    extra text,
    updated_at bigint not null
  )`,
  'create unique index catalog_servers_slug on catalog_servers (slug)',
  'create unique index catalog_servers_position on catalog_servers (position)',
  'create index catalog_servers_updated on catalog_servers (updated_at)',
  `create table catalog_tools (
    id integer primary key,
    server_id integer not null references catalog_servers (id) on delete cascade,
    name text not null,
    position bigint not null,
    class text not null,
    digest text not null,
    hit text not null,
    facts text not null,
    updated_at bigint not null
  )`,
  'create unique index catalog_tools_name on catalog_tools (server_id, name)',
  'create unique index catalog_tools_position on catalog_tools (position)',
  `create table catalog_keys (
    key text not null,
    server_id integer not null references catalog_servers (id) on delete cascade,
    primary key (key, server_id)
  )`,
  'create index catalog_keys_by_server on catalog_keys (server_id)',
  `create table catalog_overrides (
    server_id integer not null references catalog_servers (id) on delete cascade,
    tool text not null,
    class text not null,
    primary key (server_id, tool)
  )`,
  'create table catalog_totals (name text primary key, value bigint not null)',
];

/** A row's words: `name` (what it is called), `rest` (what is said of it), `facets` (what lists are narrowed by). */
const FTS = (table: string): string =>
  `create virtual table ${table} using fts5 (name, rest, facets, content='', contentless_delete=1,
    detail=column, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')`;

export function catalogTables(dialect: Store['dialect']): readonly string[] {
  if (dialect === 'sqlite') return [...TABLES, FTS('catalog_server_words'), FTS('catalog_tool_words')];
  return [
    ...TABLES,
    ...['catalog_servers', 'catalog_tools'].flatMap((table) => [
      `alter table ${table} add column words tsvector not null default ''`,
      `create index ${table}_words on ${table} using gin (words) with (fastupdate = off)`,
    ]),
  ];
}
