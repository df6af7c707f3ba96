/** What the tools of the catalogue's server say of a server and of a tool. */
import { PortcullisError } from '../../errors.ts';
import { assessedTool } from '../library/assessed-tool.ts';
import type { Catalog, CatalogServer, CatalogTool } from '../library/types.ts';

const LONGEST_DESCRIPTION = 400;

/** Told with every judgement: being listed is no approval. */
export const CAVEAT =
  'Classes are judged from tool definitions alone. A listing is no approval, and a server may change its tools after it was looked at.';

export async function requireListed(catalog: Catalog, reference: string): Promise<CatalogServer> {
  const server = await catalog.find(reference);
  if (server === undefined)
    throw new PortcullisError('PC_API_NOT_FOUND', { what: 'server in the catalogue' });
  return server;
}

export function shownServer(server: CatalogServer) {
  const { slug, title, description, version, transports, language, packages, remotes, uses } = server;
  return {
    slug,
    title,
    description: description?.slice(0, LONGEST_DESCRIPTION) ?? null,
    version,
    transports,
    language,
    packages,
    remotes,
    repository: server.repository,
    usesPerMonth: uses,
    tools: server.toolCount,
    classes: server.classes,
    severity: server.severity,
    sources: [...new Set(server.provenance.map(({ source }) => source))],
  };
}

export function shownTool(tool: CatalogTool) {
  const { assessment } = assessedTool(tool);
  return {
    name: tool.name,
    class: assessment.class,
    severity: assessment.severity,
    confidence: assessment.confidence,
    signals: assessment.signals,
  };
}
