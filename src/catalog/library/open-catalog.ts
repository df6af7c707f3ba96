/** The index of servers and tools over a database. It holds nothing in memory: every process reads what any of them wrote. */
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';
import type { Store } from '../../store/index.ts';
import { SEVERITIES } from '../classify/classify.ts';
import type { Severity } from '../types.ts';
import { classOf, serverOf, toolOf, type StoredHit } from './facts.ts';
import { keysOfReference } from './keys-of.ts';
import { putServers } from './put-servers.ts';
import { searchRows } from './search-rows.ts';
import { setOverride } from './set-override.ts';
import type { Catalog, CatalogSize } from './types.ts';

export interface CatalogOptions {
  /** Ms since the epoch; the system's clock unless given. */
  readonly clock?: () => number;
}

export function openCatalog(
  store: Pick<Store, 'catalog'>,
  { clock = Date.now }: CatalogOptions = {},
): Catalog {
  const { catalog } = store;
  return {
    async size() {
      const totals = await catalog.totals();
      return sizeOf(totals, await catalog.updatedAt());
    },

    async server(slug) {
      const row = await catalog.server(slug);
      return row === undefined ? undefined : serverOf(row);
    },

    async find(reference) {
      const [row] = await catalog.serversByKey(keysOfReference(reference));
      return row === undefined ? undefined : serverOf(row);
    },

    async tools(slug) {
      const server = await catalog.server(slug);
      if (server === undefined) return [];
      const gravity = (one: ToolClass): number => TOOL_CLASSES.indexOf(one);
      const tools = (await catalog.tools(server.id)).map((row) => toolOf(slug, row));
      return tools.toSorted((one, other) => gravity(classOf(other)) - gravity(classOf(one)));
    },

    async tool(slug, name) {
      const server = await catalog.server(slug);
      const row = server === undefined ? undefined : await catalog.tool(server.id, name);
      return row === undefined ? undefined : toolOf(slug, row);
    },

    async searchServers(query, page) {
      const { items, nextCursor } = await searchRows(catalog.searchServers, query, page);
      return { items: items.map(serverOf), nextCursor };
    },

    async searchTools(query, page) {
      const { items, nextCursor } = await searchRows(catalog.searchTools, query, page);
      return { items: items.map(({ hit }) => JSON.parse(hit) as StoredHit), nextCursor };
    },

    put: (servers, lasting) => putServers(store, servers, clock(), lasting),

    setOverride: (slug, tool, toolClass) => setOverride(store, slug, tool, toolClass, clock()),
  };
}

function sizeOf(totals: Readonly<Record<string, number>>, updatedAt: number | null): CatalogSize {
  const of = (name: string): number => totals[name] ?? 0;
  const bySeverity: Record<Severity, number> = { Low: 0, Medium: 0, High: 0, Critical: 0 };
  for (const one of TOOL_CLASSES) bySeverity[SEVERITIES[one]] += of(one);
  return {
    servers: of('servers'),
    tools: of('tools'),
    byClass: Object.fromEntries(TOOL_CLASSES.map((one) => [one, of(one)])) as CatalogSize['byClass'],
    bySeverity,
    updatedAt,
  };
}
