/** The index of servers and tools: what it holds of each, and how it is read and written. Both databases keep it. */
import type { Page, PageRequest } from '../../store/index.ts';
import type { Json } from '../../json.ts';
import type { ToolClass } from '../../policy/index.ts';
import type { Assessment, Severity, Signal, ToolDefinition } from '../types.ts';

export const TRANSPORTS = ['stdio', 'http', 'sse'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Where a fact was learned. */
export type Provenance = {
  /** `registry` | `server-json` | `npm` | `pypi` | `docker` | `tools-list` | `scan` | `starter` | `gateway` */
  readonly source: string;
  /** Address or file that said it, when there is one. */
  readonly url: string | null;
  /** ms since the epoch. */
  readonly at: number;
  /** Names of the members that it gave: `description`, `tools`, `packages`, … */
  readonly gave: readonly string[];
};

export type CatalogPackage = {
  /** `npm` | `pypi` | `oci` | `nuget` | `mcpb` | … as in server.json's `registryType`. */
  readonly registry: string;
  readonly name: string;
  readonly version: string | null;
};

export interface CatalogServer {
  /** Unique in the catalogue; path segment of its page: `[a-z0-9][a-z0-9-]*`. */
  readonly slug: string;
  /** As it calls itself, whitespace collapsed; pages never append "MCP Server" to a title that has it. */
  readonly title: string;
  readonly description: string | null;
  readonly version: string | null;
  readonly transports: readonly Transport[];
  /** Language of its package: `typescript`, `python`, `go`, …; null when unknown. */
  readonly language: string | null;
  readonly packages: readonly CatalogPackage[];
  readonly remotes: readonly { readonly type: Transport; readonly url: string }[];
  readonly homepage: string | null;
  readonly repository: string | null;
  /** Uses in a month (downloads), when a source tells; for ranking. */
  readonly uses: number | null;
  readonly provenance: readonly Provenance[];
  readonly toolCount: number;
  /** Counts of tools by headline class. */
  readonly classes: Readonly<Record<ToolClass, number>>;
  /** The gravest of its tools; null when no tool is known. */
  readonly severity: Severity | null;
  readonly updatedAt: number;
}

export type CatalogParameter = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
};

export interface CatalogTool {
  readonly server: string;
  readonly name: string;
  readonly title: string | null;
  /** The definition's description, whole; null in the bundled starter index, which copies none. */
  readonly description: string | null;
  readonly parameters: readonly CatalogParameter[];
  readonly assessment: Assessment;
  /** Set by an operator; wins over the assessment and survives refreshes. */
  readonly classOverride: ToolClass | null;
  /** Input schema and annotations, when they are known. */
  readonly definition: ToolDefinition | null;
  readonly updatedAt: number;
}

export interface ToolHit {
  readonly server: Pick<CatalogServer, 'slug' | 'title'>;
  readonly name: string;
  readonly title: string | null;
  readonly class: ToolClass;
  readonly severity: Severity;
  readonly signals: readonly Signal[];
}

export interface CatalogQuery {
  /** Words; empty finds all. Prefixes match; ranked by name, use and trust. */
  readonly q?: string | undefined;
  readonly class?: ToolClass | undefined;
  readonly severity?: Severity | undefined;
  readonly signal?: Signal | undefined;
  readonly transport?: Transport | undefined;
  readonly language?: string | undefined;
}

export interface CatalogSize {
  readonly servers: number;
  readonly tools: number;
  readonly byClass: Readonly<Record<ToolClass, number>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly updatedAt: number | null;
}

/** What pages, routes, the catalogue's MCP server and the command line read. */
export interface CatalogReader {
  size(): Promise<CatalogSize>;
  server(slug: string): Promise<CatalogServer | undefined>;
  /** Gravest first, then by name. */
  tools(slug: string): Promise<readonly CatalogTool[]>;
  tool(slug: string, name: string): Promise<CatalogTool | undefined>;
  searchServers(query: CatalogQuery, page: PageRequest): Promise<Page<CatalogServer>>;
  searchTools(query: CatalogQuery, page: PageRequest): Promise<Page<ToolHit>>;
}

/** Finds a server by whatever somebody calls it by. */
export interface CatalogFinder {
  /** A slug, the name of a package (`@acme/mail`, `pypi:mail`), the address of a remote or of a repository. */
  find(reference: string): Promise<CatalogServer | undefined>;
}

export type Catalog = CatalogReader & CatalogWriter & CatalogFinder;

/** A tool of which only the judgement is known, not the definition. */
export type AssessedImport = {
  readonly name: string;
  readonly parameters: readonly CatalogParameter[];
  readonly assessment: Assessment;
};

/** A server as an importer brings it; members that it does not know are absent and leave what is there. */
export interface ImportedServer {
  readonly slug?: string | undefined;
  readonly title: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly transports?: readonly Transport[] | undefined;
  readonly language?: string | undefined;
  readonly packages?: readonly CatalogPackage[] | undefined;
  readonly remotes?: CatalogServer['remotes'] | undefined;
  readonly homepage?: string | undefined;
  readonly repository?: string | undefined;
  readonly uses?: number | undefined;
  /** All of its tools; absent when the source does not tell. */
  readonly tools?: readonly ToolDefinition[] | undefined;
  /** All of its tools as somebody judged them before; instead of `tools`. */
  readonly assessed?: readonly AssessedImport[] | undefined;
  readonly source: Omit<Provenance, 'gave'>;
  /** What the source said beside that, kept as it came. */
  readonly extra?: Json | undefined;
}

export interface CatalogWriter {
  /**
   * Merges each with what is known of the same server (by slug, package, remote or repository). One transaction a batch.
   * @param lasting false: a crash of the machine may undo it, until something that lasts is written
   */
  put(servers: readonly ImportedServer[], lasting?: boolean): Promise<void>;
  setOverride(slug: string, tool: string, toolClass: ToolClass | null): Promise<void>;
}
