/** What is known of a tool without asking its server: what the gateway last saw of it, else what its name says. */
import { classify } from '../catalog/index.ts';
import type { JsonObject } from '../json.ts';
import type { LintTool, ToolFacts } from '../policy/index.ts';
import { requireServer, type Registry } from '../registry/index.ts';
import { createToolCatalogue, guessTool } from '../upstreams/index.ts';
import { withInstallation, type Io } from './io.ts';

export interface ToolBook {
  facts(name: string): ToolFacts;
  /** What the linter may know; empty without a server. */
  readonly tools: readonly LintTool[];
}

/** @param server id or slug; without one no database is opened */
export async function openToolBook(io: Io, server: string | undefined): Promise<ToolBook> {
  if (server === undefined) return { facts: (name) => guessTool(name, classify).facts, tools: [] };
  return withInstallation(io, ({ registry }) => bookOf(registry, server));
}

/** The same where the installation is open. @throws PC_API_NOT_FOUND */
export async function bookOf(registry: Registry, server: string): Promise<ToolBook> {
  const { store, now } = registry;
  const row = await requireServer(registry, server);
  const catalogue = createToolCatalogue({
    store,
    serverId: row.id,
    serverName: row.name,
    classify,
    clock: now,
  });
  await catalogue.load();
  const tools = (await store.tools.list(row.id)).map(({ name, definition }) => {
    const { inputSchema } = JSON.parse(definition) as { readonly inputSchema?: JsonObject };
    const known = { name, class: (catalogue.get(name) ?? catalogue.guess(name)).facts.class };
    return inputSchema === undefined ? known : { ...known, inputSchema };
  });
  return { facts: (name) => (catalogue.get(name) ?? catalogue.guess(name)).facts, tools };
}
