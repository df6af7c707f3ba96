/**
 * A registry's list of servers (`GET /v0/servers`, the API of the official MCP registry), page by page. The page's own
 * cursor is where an interrupted import goes on; `updated_since` asks only for what changed since the last whole one.
 */
import type { Json } from '../../json.ts';
import type { ImportedServer } from '../library/types.ts';
import { EntryReader, invalidImport } from './read-json.ts';
import { readServerJson } from './read-server-json.ts';
import type { ImportBatch, ImportSource } from './types.ts';

const PAGE = 100;
const MOST_PAGES = 100_000;
const OFFICIAL = 'io.modelcontextprotocol.registry/official';

export interface RegistryImport extends ImportSource {
  /** Reads one document. */
  readonly load: (url: string) => Promise<Json>;
  /** Where an interrupted import goes on. */
  readonly cursor?: string | undefined;
  /** RFC 3339: only what changed since. */
  readonly since?: string | undefined;
}

/** @throws PC_IMPORT_INVALID for a page that is not one, and what `load` throws */
export async function* importRegistry(source: RegistryImport): AsyncGenerator<ImportBatch> {
  let cursor = source.cursor;
  const seen = new Set<string>();
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const url = pageUrl(source, cursor);
    const page = new EntryReader(await source.load(url), '');
    const entries = page.list('servers');
    if (entries === undefined) throw invalidImport(`${url} is not a page of servers.`, page.problems);
    const next = nextOf(page);
    if (next !== null && seen.has(next)) throw invalidImport(`${url} names a cursor that was there before.`);
    if (next !== null) seen.add(next);
    yield { ...readEntries(page.raw('servers') as readonly Json[], source), next };
    if (next === null) return;
    cursor = next;
  }
}

function readEntries(entries: readonly Json[], source: RegistryImport): Omit<ImportBatch, 'next'> {
  const servers: ImportedServer[] = [];
  const problems = [];
  for (const [index, one] of entries.entries()) {
    const entry = new EntryReader(one, `/servers/${index}`);
    // Since 2025-09-29 the document stands beside what the registry says of it.
    const document = entry.object('server') ?? entry;
    const official = entry.object('_meta')?.object(OFFICIAL) ?? document.object('_meta')?.object(OFFICIAL);
    const state = official?.text('status') ?? document.text('status');
    if (official?.raw('isLatest') === false || official?.raw('is_latest') === false || state === 'deleted')
      continue;
    const server = readServerJson(document);
    const name = document.text('name');
    problems.push(...entry.problems);
    if (entry.problems.length === 0 && name !== undefined)
      servers.push({
        ...server,
        source: { source: 'registry', url: serverUrl(source.from, name), at: source.at },
      });
  }
  return { servers, problems };
}

function nextOf(page: EntryReader): string | null {
  const metadata = page.object('metadata');
  return metadata?.text('nextCursor') ?? metadata?.text('next_cursor') ?? null;
}

/** @param from the registry's address, with or without `/v0/servers` */
function listUrl(from: string): URL {
  const url = new URL(from);
  if (!/\/servers\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/v0/servers`;
  return url;
}

function pageUrl({ from, since }: RegistryImport, cursor: string | undefined): string {
  const url = listUrl(from);
  if (!url.searchParams.has('limit')) url.searchParams.set('limit', String(PAGE));
  if (since !== undefined) url.searchParams.set('updated_since', since);
  if (cursor !== undefined) url.searchParams.set('cursor', cursor);
  return url.href;
}

function serverUrl(from: string, name: string): string {
  const url = listUrl(from);
  url.search = '';
  url.pathname += `/${encodeURIComponent(name)}`;
  return url.href;
}
