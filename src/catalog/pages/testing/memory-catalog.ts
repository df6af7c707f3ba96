/** A small index in memory, filled by the real classifier from definitions. */
import type {
  CatalogParameter,
  CatalogQuery,
  CatalogReader,
  CatalogServer,
  CatalogSize,
  CatalogTool,
  ToolHit,
} from '../../library/types.ts';
import { TOOL_CLASSES } from '../../../policy/index.ts';
import type { Page, PageRequest } from '../../../store/index.ts';
import { classify } from '../../index.ts';
import type { Severity, ToolDefinition } from '../../types.ts';

export const READ_AT = Date.UTC(2026, 10, 20);

export type SampleServer = Partial<CatalogServer> & {
  readonly slug: string;
  readonly title: string;
  readonly definitions: readonly ToolDefinition[];
};

const GRAVEST_FIRST: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low'];

export function memoryCatalog(samples: readonly SampleServer[]): CatalogReader {
  const tools = new Map(samples.map((sample) => [sample.slug, toolsOf(sample)]));
  const servers = new Map(samples.map((sample) => [sample.slug, serverOf(sample, tools.get(sample.slug)!)]));
  const all = [...tools.values()].flat();
  const byName = new Map(all.map((tool) => [`${tool.server}\0${tool.name}`, tool]));
  const texts = new Map([...servers.values()].map((one) => [one.slug, textOf(one)]));
  const hits = all
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((tool): ToolHit => hitOf(servers.get(tool.server)!, tool));
  const size: CatalogSize = {
    servers: servers.size,
    tools: all.length,
    byClass: countBy(TOOL_CLASSES, all, (tool) => tool.assessment.class),
    bySeverity: countBy(GRAVEST_FIRST, all, (tool) => tool.assessment.severity),
    updatedAt: READ_AT,
  };
  return {
    size: async () => size,
    server: async (slug) => servers.get(slug),
    tools: async (slug) => tools.get(slug) ?? [],
    tool: async (slug, name) => byName.get(`${slug}\0${name}`),
    searchServers: async (query, page) =>
      paged([...servers.values()], (one) => fitsServer(query, one, texts.get(one.slug)!), page),
    searchTools: async (query, page) =>
      paged(hits, (hit) => fitsTool(query, hit, texts.get(hit.server.slug)!), page),
  };
}

function toolsOf({ slug, title, definitions }: SampleServer): readonly CatalogTool[] {
  return definitions
    .map((definition) =>
      toolOf(slug, definition, classify(definition, { server: title, siblings: definitions })),
    )
    .toSorted(
      (a, b) =>
        GRAVEST_FIRST.indexOf(a.assessment.severity) - GRAVEST_FIRST.indexOf(b.assessment.severity) ||
        (a.name < b.name ? -1 : 1),
    );
}

function toolOf(
  server: string,
  definition: ToolDefinition,
  assessment: CatalogTool['assessment'],
): CatalogTool {
  const { name, title, description } = definition as Record<string, unknown>;
  return {
    server,
    name: String(name),
    title: typeof title === 'string' ? title : null,
    description: typeof description === 'string' ? description : null,
    parameters: parametersOf(definition),
    assessment,
    classOverride: null,
    definition,
    updatedAt: READ_AT,
  };
}

function parametersOf(definition: ToolDefinition): readonly CatalogParameter[] {
  const schema = (definition.inputSchema ?? {}) as {
    properties?: Record<string, { type?: unknown }>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeof property?.type === 'string' ? property.type : 'any',
    required: schema.required?.includes(name) ?? false,
  }));
}

function serverOf({ definitions, ...given }: SampleServer, tools: readonly CatalogTool[]): CatalogServer {
  return {
    description: null,
    version: null,
    transports: [],
    language: null,
    packages: [],
    remotes: [],
    homepage: null,
    repository: null,
    uses: null,
    provenance: [],
    updatedAt: READ_AT,
    ...given,
    toolCount: definitions.length,
    classes: countBy(TOOL_CLASSES, tools, (tool) => tool.assessment.class),
    severity: tools[0]?.assessment.severity ?? null,
  };
}

function hitOf({ slug, title }: CatalogServer, { name, title: toolTitle, assessment }: CatalogTool): ToolHit {
  const { class: toolClass, severity, signals } = assessment;
  return { server: { slug, title }, name, title: toolTitle, class: toolClass, severity, signals };
}

function countBy<Key extends string>(
  keys: readonly Key[],
  tools: readonly CatalogTool[],
  of: (tool: CatalogTool) => Key,
) {
  return Object.fromEntries(
    keys.map((key) => [key, tools.filter((tool) => of(tool) === key).length]),
  ) as Record<Key, number>;
}

function textOf({ title, slug, description }: CatalogServer): string {
  return `${title} ${slug} ${description ?? ''}`.slice(0, 500).toLowerCase();
}

function fitsServer(
  { q = '', class: toolClass, severity, transport, language }: CatalogQuery,
  server: CatalogServer,
  text: string,
): boolean {
  return (
    (toolClass === undefined || server.classes[toolClass] > 0) &&
    (severity === undefined || server.severity === severity) &&
    (transport === undefined || server.transports.includes(transport)) &&
    (language === undefined || server.language === language) &&
    hasWords(q, text)
  );
}

function fitsTool(
  { q = '', class: toolClass, severity, signal }: CatalogQuery,
  hit: ToolHit,
  text: string,
): boolean {
  return (
    (toolClass === undefined || hit.class === toolClass) &&
    (severity === undefined || hit.severity === severity) &&
    (signal === undefined || hit.signals.includes(signal)) &&
    (q === '' || hasWords(q, `${hit.name} ${text}`))
  );
}

function hasWords(q: string, text: string): boolean {
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Looks no further than to the end of the page. */
function paged<Row>(
  rows: readonly Row[],
  fits: (row: Row) => boolean,
  { limit = 50, cursor }: PageRequest,
): Page<Row> {
  const items: Row[] = [];
  for (let index = Number(cursor ?? 0); index < rows.length; index++) {
    if (!fits(rows[index]!)) continue;
    if (items.length === limit) return { items, nextCursor: String(index) };
    items.push(rows[index]!);
  }
  return { items, nextCursor: null };
}
