/** What each repository can do. Times are ms since the epoch. */
import type { Json } from '../json.ts';
import type { AccountStore } from './account-types.ts';
import type { AlertStore, ApprovalStore } from './approval-types.ts';
import type { CounterChange } from './backend.ts';
import type { Block } from './log/block.ts';
import type { CatalogTables } from './catalog/types.ts';
import type { EntryFilter, GrantFilter, GrantRange, Page, PageRequest } from './page-types.ts';
import type {
  AdminEventRow,
  ApiKeyRow,
  BlockRange,
  ChainRow,
  ConnectionAttemptRow,
  ConnectionRow,
  ContactLimits,
  ContactMessageRow,
  CounterRow,
  EntryRow,
  GrantCount,
  GrantRow,
  NewGrant,
  PolicyRow,
  PolicyVersionRow,
  RemovalRow,
  RetiredTokenRow,
  ServerRow,
  StatDimension,
  StatKey,
  StatSeries,
  StatPoint,
  StatQuery,
  ToolRow,
  ToolSummary,
  UnknownOutcomeRow,
} from './row-types.ts';

export type * from './row-types.ts';

/**
 * The database, one interface for SQLite and PostgreSQL. Every change of configuration (servers, policies, grants, keys)
 * raises `revision` in the same transaction. Methods throw PC_STORE_UNAVAILABLE when the database cannot be used,
 * PC_API_CONFLICT when a name is taken, PC_API_PRECONDITION when `expectedVersion` is stale, PC_API_NOT_FOUND for a missing row.
 */
export interface Store {
  readonly dialect: 'sqlite' | 'postgres';

  readonly servers: {
    list(): Promise<ServerRow[]>;
    /** By id or slug. */
    get(idOrSlug: string): Promise<ServerRow | undefined>;
    insert(row: Omit<ServerRow, 'version' | 'createdAt' | 'updatedAt'>): Promise<ServerRow>;
    update(
      id: string,
      patch: Partial<Omit<ServerRow, 'id' | 'organizationId'>>,
      expectedVersion?: number,
    ): Promise<ServerRow>;
    /** Removes its policies, grants and tools too. */
    remove(id: string): Promise<void>;
  };
  readonly policies: {
    list(serverId?: string): Promise<PolicyRow[]>;
    get(id: string): Promise<PolicyRow | undefined>;
    insert(row: {
      id: string;
      serverId: string;
      name: string;
      source: PolicyRow['source'];
      document: Json;
      written: string;
      note: string | null;
      author: string;
    }): Promise<PolicyRow>;
    /** Every save is a new immutable version. */
    save(
      id: string,
      change: { name?: string; document: Json; written: string; note: string | null; author: string },
      expectedVersion?: number,
    ): Promise<PolicyRow>;
    versions(id: string): Promise<PolicyVersionRow[]>;
    /** Grants that carried it have no policy afterwards, and so deny every call. */
    remove(id: string): Promise<void>;
  };
  readonly grants: {
    /** All, or those that reach a server. */
    list(serverId?: string): Promise<GrantRow[]>;
    /** All, some hundred at a time, in the order of their ids. What changes meanwhile may or may not be seen. */
    pages(): AsyncIterable<readonly GrantRow[]>;
    /** The ids of all, some thousand at a time. */
    ids(): AsyncIterable<readonly string[]>;
    /** Those that fit, in order, some at a time. */
    fitting(filter: GrantFilter, range: GrantRange): AsyncIterable<readonly GrantRow[]>;
    /** The newest of a server, of which it is the first one. */
    newestOf(serverId: string, most: number): Promise<readonly GrantRow[]>;
    /** For each server and policy that grants have there. @param hidden servers; grants that reach one of them do not count */
    counts(hidden: readonly string[]): Promise<readonly GrantCount[]>;
    /**
     * How many there are in all, and then those that changes of the configuration after `revision` have touched; one that is changed
     * meanwhile may be there twice, the later the newer.
     */
    changedSince(revision: number): Promise<{ readonly total: number; readonly rows: readonly GrantRow[] }>;
    /** Those of the configuration file, and whose tokens these hashes are, retired ones too. */
    ofFile(tokenHashes: readonly string[]): Promise<readonly GrantRow[]>;
    get(id: string): Promise<GrantRow | undefined>;
    insert(row: NewGrant): Promise<GrantRow>;
    /** All of them or none, in one change. */
    insertAll(rows: readonly NewGrant[]): Promise<readonly GrantRow[]>;
    update(
      id: string,
      patch: Partial<
        Pick<
          GrantRow,
          | 'label'
          | 'tags'
          | 'owner'
          | 'ownerId'
          | 'allowedAddresses'
          | 'serverId'
          | 'policyId'
          | 'further'
          | 'expiresAt'
          | 'revokedAt'
        >
      >,
    ): Promise<GrantRow>;
    /** Replaces the token; the old one works until `retireAt` (ms). */
    rotate(
      id: string,
      token: { tokenHash: string; sealedToken: string },
      retireAt: number,
    ): Promise<GrantRow>;
    retired(): Promise<RetiredTokenRow[]>;
    remove(id: string): Promise<void>;
  };
  readonly apiKeys: {
    list(): Promise<ApiKeyRow[]>;
    insert(row: Omit<ApiKeyRow, 'createdAt' | 'lastUsedAt'>): Promise<ApiKeyRow>;
    touch(id: string, at: number): Promise<void>;
    remove(id: string): Promise<void>;
  };
  readonly accounts: AccountStore;
  readonly tools: {
    list(serverId: string): Promise<ToolRow[]>;
    /** Differs whenever a server has listed its tools again; what owners change of them raises the revision. */
    state(): Promise<string>;
    /** Servers of which an owner changed tools by changes of the configuration after `revision`. */
    changedSince(revision: number): Promise<readonly string[]>;
    /** For each server that has tools: a text that differs when it listed them again or an owner changed one of them. */
    stamps(): Promise<ReadonlyMap<string, string>>;
    /** The tools of some servers without their definitions, by server and name. */
    summaries(serverIds: readonly string[]): Promise<ToolSummary[]>;
    /** Inserts new tools (pinning their digest), updates known ones without touching `pinnedDigest` and `classOverride`. */
    upsert(
      serverId: string,
      tools: readonly Omit<
        ToolRow,
        'serverId' | 'pinnedDigest' | 'classOverride' | 'firstSeenAt' | 'lastSeenAt'
      >[],
      at: number,
    ): Promise<void>;
    override(serverId: string, name: string, toolClass: string | null): Promise<ToolRow>;
    /** Accepts the current definition as the pinned one. */
    repin(serverId: string, name: string): Promise<ToolRow>;
  };
  readonly approvals: ApprovalStore;
  readonly alerts: AlertStore;
  readonly entries: {
    /**
     * One transaction: the lines of one chain, the counter changes they carry (amount = amount + change), and the chain's head.
     * Idempotent by position: lines already there are skipped with their changes.
     */
    insertBatch(
      chain: string,
      rows: readonly EntryRow[],
      changes: readonly CounterChange[],
      head: ChainRow,
    ): Promise<void>;
    /** The same for entries that were gathered. A block that is there already is skipped with its changes. */
    insertBlock(block: Block, head: ChainRow): Promise<void>;
    /** Resolves when everything inserted outlasts a crash of the machine: only then may its other copy go. */
    flush(): Promise<void>;
    /** Newest first. A search that takes over two seconds ends its page early: fewer items, and a cursor to go on from. */
    page(filter: EntryFilter, page: PageRequest): Promise<Page<EntryRow>>;
    /** All entries of one call or event, oldest first. */
    get(id: string): Promise<EntryRow[]>;
    /** Lines of one chain in order, streamed. `fromSeq` and `toSeq` inclusive. */
    read(chain: string, fromSeq?: number, toSeq?: number): AsyncIterable<EntryRow>;
  };
  readonly chains: {
    list(): Promise<ChainRow[]>;
    get(chain: string): Promise<ChainRow | undefined>;
  };
  /** The front of chains: what is there, what has been removed. */
  readonly retention: {
    removals(): Promise<RemovalRow[]>;
    /** The blocks of a chain that begin after position `after`, in order. */
    blocks(chain: string, after: number, limit: number): Promise<BlockRange[]>;
    /** One transaction: the blocks up to its end go, the removal stays. */
    remove(removal: RemovalRow): Promise<void>;
    /** Gives the room of what was removed back to the system, where the database does not by itself. */
    reclaim(): Promise<void>;
  };
  /** Sums of decisions, kept up with the log. */
  readonly stats: {
    /** Of all calls, in order. */
    points(query: StatQuery): Promise<StatPoint[]>;
    /** What has the most calls. */
    top(query: StatQuery, dimension: StatDimension, most: number): Promise<StatKey[]>;
    /** Of the calls of each key, in the order of the keys. */
    series(query: StatQuery, dimension: StatDimension, keys: readonly StatKey[]): Promise<StatSeries[]>;
    /** Forgets fine sums that are too old to be drawn, and all that are older than `keepMs`. */
    prune(now: number, keepMs?: number): Promise<void>;
  };
  /**
   * Work in the background that changes no answer, only how soon it comes: what an earlier version indexed moves to where it is
   * looked for by now, and calls of finished days are packed. In small steps; what stops goes on the next time.
   */
  upkeep(now: number, signal?: AbortSignal): Promise<void>;
  readonly counters: {
    /** Buckets that still count at `now`; also deletes expired ones. */
    load(now: number): Promise<CounterRow[]>;
  };
  readonly events: {
    insert(row: AdminEventRow): Promise<void>;
    insertAll(rows: readonly AdminEventRow[]): Promise<void>;
    page(organizationId: string, page: PageRequest): Promise<Page<AdminEventRow>>;
  };
  readonly contactMessages: {
    /** Keeps it unless a limit is reached, both in one step; true too when it is there already. */
    accept(row: ContactMessageRow, limits: ContactLimits): Promise<boolean>;
    /** Newest first. */
    page(page: PageRequest): Promise<Page<ContactMessageRow>>;
  };
  /** Calls whose answer was lost, one for each key. Older ones of a grant give way, and all go when their time is over. */
  readonly unknownOutcomes: {
    /** Opens each, in place of an earlier one of its key, or settles it, if it still is that call. The same again changes nothing. */
    put(rows: readonly UnknownOutcomeRow[]): Promise<void>;
    /** What was put after `known`, the newest 10,000, and how far that is. */
    changedSince(
      known: number,
    ): Promise<{ readonly change: number; readonly rows: readonly UnknownOutcomeRow[] }>;
    /** Calls back when another process (or this one) has put some. Returns the unsubscribe function. */
    onChange(listener: () => void): () => void;
  };
  readonly upstreamConnections: {
    list(): Promise<ConnectionRow[]>;
    get(serverId: string, owner: string): Promise<ConnectionRow | undefined>;
    /** Inserts or replaces; every process hears of it. @throws PC_API_NOT_FOUND for an owner who is no member of the server's organization */
    put(row: Omit<ConnectionRow, 'version' | 'refreshingUntil' | 'updatedAt'>): Promise<void>;
    /** Whether this process may refresh it until `until`: no other does, and the version is current. */
    lease(serverId: string, owner: string, version: number, until: number): Promise<boolean>;
    /** Replaces `version`, ends the lease; false when it was changed meanwhile. Every process hears of one that is over, and of no refresh. */
    replace(row: Omit<ConnectionRow, 'refreshingUntil' | 'updatedAt'>): Promise<boolean>;
    /** All of a server's without `owner`; every process hears of it. */
    remove(serverId: string, owner?: string): Promise<void>;
    begin(attempt: ConnectionAttemptRow): Promise<void>;
    /** Once. @throws PC_API_NOT_FOUND when it is unknown, used or too old */
    take(id: string): Promise<ConnectionAttemptRow>;
  };
  readonly secrets: {
    /** Passes every sealed value through `renew`, and stores what it makes of it. @returns how many rows changed */
    renew(
      renew: (sealed: string, place: { readonly table: string; readonly id: string }) => string,
    ): Promise<number>;
  };
  /** Small installation-wide values: the organization's id, sealed keys, how far work in the background got. */
  readonly settings: {
    get(name: string): Promise<string | undefined>;
    set(name: string, value: string): Promise<void>;
    /** Sets it if it still is `expected`; returns whether it was. */
    replace(name: string, expected: string, value: string): Promise<boolean>;
    /** Sets it unless present; returns what is stored afterwards. */
    init(name: string, value: string): Promise<string>;
  };
  /** The index of servers and tools; changes to it are no change of configuration. */
  readonly catalog: CatalogTables;
  /**
   * Runs `work`; what it commits may become durable only at its end, together. For a start: what a crash of the machine undoes,
   * the next one does again.
   */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Grows with every change of configuration, by whatever process. */
  revision(): Promise<number>;
  /** Calls back when another process (or this one) changed the configuration; SQLite polls `PRAGMA data_version` every 100 ms, PostgreSQL listens. Returns the unsubscribe function. */
  onChange(listener: (revision: number) => void): () => void;
  /** Nodes say which revision they act on, so that a change can wait until every live node has confirmed. */
  readonly nodes: {
    announce(node: { id: string; appliedRevision: number; at: number }): Promise<void>;
    remove(id: string): Promise<void>;
    /** All that begin so, whenever they were heard of. */
    ids(prefix: string): Promise<string[]>;
    /** Resolves true when every node seen in the last 10 s acts on `revision` or later; false after `timeoutMs`. */
    confirmed(revision: number, timeoutMs: number): Promise<boolean>;
  };
  /** Throws PC_STORE_UNAVAILABLE when the database cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
