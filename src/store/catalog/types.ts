/** The index of servers and tools as the database keeps it: rows, keys that tell servers apart, and search words. */

/** What lists are ordered by, and where a page ends: smaller is better ranked. Unique among rows of a kind. */
export type CatalogPosition = number;

export interface CatalogServerRow {
  readonly id: number;
  readonly slug: string;
  readonly position: CatalogPosition;
  /** JSON. */
  readonly facts: string;
  /** JSON, as sources said it. */
  readonly extra: string | null;
  readonly updatedAt: number;
}

export interface CatalogToolRow {
  readonly id: number;
  readonly serverId: number;
  readonly name: string;
  readonly position: CatalogPosition;
  /** What counts: the override, else what the classifier says. */
  readonly class: string;
  /** Of everything that a source said; an unchanged tool is not written again. */
  readonly digest: string;
  /** JSON: what a result list shows. */
  readonly hit: string;
  /** JSON: everything else. */
  readonly facts: string;
  readonly updatedAt: number;
}

/** A row of a result list. */
export interface CatalogHitRow {
  readonly position: CatalogPosition;
  readonly name: string;
  readonly hit: string;
}

/** Lower-case words of letters and digits only, each at most 40 characters. */
export interface SearchWords {
  readonly name: readonly string[];
  readonly rest: readonly string[];
  /** Words that only facets find. */
  readonly facets: readonly string[];
}

/** Every part must match. Words are spelled as `SearchWords` are. */
export interface WordQuery {
  readonly facets: readonly string[];
  readonly words: readonly string[];
  /** `name`: whole words of the name; `name-prefix`: beginnings of them; `any-prefix`: of any word; `exact`: `words` are facets too. */
  readonly match: WordMatch;
  /** Rows that these find with the same words are left out. */
  readonly except: readonly WordMatch[];
}

export type WordMatch = 'exact' | 'name' | 'name-prefix' | 'any-prefix';

export interface Indexed<Row> {
  readonly row: Row;
  readonly words: SearchWords;
}

/** One transaction over the index; only one runs at a time, in whatever process. */
export interface CatalogBatch {
  /** The first free ids. */
  nextIds(): Promise<{ readonly server: number; readonly tool: number }>;
  serversByKey(
    keys: readonly string[],
  ): Promise<readonly { readonly key: string; readonly serverId: number }[]>;
  serversById(ids: readonly number[]): Promise<readonly CatalogServerRow[]>;
  takenSlugs(slugs: readonly string[]): Promise<readonly string[]>;
  toolsOf(serverIds: readonly number[]): Promise<readonly CatalogToolRow[]>;
  overridesOf(
    serverIds: readonly number[],
  ): Promise<readonly { readonly serverId: number; readonly tool: string; readonly class: string }[]>;
  /** Inserts, or replaces the row of the same id. `before`: where it stood. */
  saveServers(
    rows: readonly (Indexed<CatalogServerRow> & { readonly before?: CatalogPosition | undefined })[],
  ): Promise<void>;
  saveTools(
    rows: readonly (Indexed<CatalogToolRow> & { readonly before?: CatalogPosition | undefined })[],
  ): Promise<void>;
  removeTools(rows: readonly Pick<CatalogToolRow, 'id' | 'position'>[]): Promise<void>;
  saveKeys(keys: readonly { readonly key: string; readonly serverId: number }[]): Promise<void>;
  override(serverId: number, tool: string, toolClass: string | null): Promise<void>;
  /** Adds to counters; one that is not there starts at 0. */
  addTotals(changes: Readonly<Record<string, number>>): Promise<void>;
}

export interface CatalogTables {
  /** All or nothing. @throws PC_STORE_UNAVAILABLE */
  batch<T>(work: (batch: CatalogBatch) => Promise<T>, lasting?: boolean): Promise<T>;
  /** To be called after much has changed: searches are planned by what is there. */
  tidy(): Promise<void>;
  totals(): Promise<Readonly<Record<string, number>>>;
  /** When a server last changed, ms since the epoch; null in an empty index. */
  updatedAt(): Promise<number | null>;
  server(slug: string): Promise<CatalogServerRow | undefined>;
  /** The servers that have any of the keys, those of earlier keys first. */
  serversByKey(keys: readonly string[]): Promise<readonly CatalogServerRow[]>;
  /** By name. */
  tools(serverId: number): Promise<readonly CatalogToolRow[]>;
  tool(serverId: number, name: string): Promise<CatalogToolRow | undefined>;
  /** Best first, from after `after` on. */
  searchServers(
    query: WordQuery,
    after: CatalogPosition,
    limit: number,
  ): Promise<readonly CatalogServerRow[]>;
  searchTools(query: WordQuery, after: CatalogPosition, limit: number): Promise<readonly CatalogHitRow[]>;
}
