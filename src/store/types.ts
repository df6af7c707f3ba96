/** Rows as the rest of the program sees them (camel case, parsed JSON), and what each repository can do. Times are ms since the epoch. */
import type { Json } from '../json.ts';
import type { EntryFilter, Page, PageRequest } from './page-types.ts';

export interface ServerRow {
  readonly id: string; // uuid v7
  readonly organizationId: string;
  /** Unique in the installation; also the path segment of the gateway URL. */
  readonly slug: string;
  readonly name: string;
  readonly transport: 'http' | 'sse' | 'stdio';
  readonly url: string | null;
  /** stdio only: argv, environment names and cwd as JSON; never set through the REST API. */
  readonly command: { readonly argv: readonly string[]; readonly cwd?: string } | null;
  /** Sealed JSON object of header name → value (http, sse) or variable → value (stdio); opened only in `upstreams`. */
  readonly sealedSecrets: string | null;
  /** Names of the sealed headers or variables, for display. */
  readonly secretNames: readonly string[];
  readonly caseSensitive: boolean;
  /** 'api' | 'cli' | 'config': rows from the configuration file belong to it and are removed with it. */
  readonly source: 'api' | 'cli' | 'config';
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PolicyRow {
  readonly id: string;
  readonly serverId: string;
  readonly name: string;
  readonly source: 'api' | 'cli' | 'config';
  /** The current version. */
  readonly version: number;
  readonly document: Json;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PolicyVersionRow {
  readonly policyId: string;
  readonly version: number;
  /** Canonical document. */
  readonly document: Json;
  /** The text as it was written (JSON or YAML), comments and order kept. */
  readonly written: string;
  readonly note: string | null;
  readonly author: string;
  readonly createdAt: number;
}

export interface GrantRow {
  readonly id: string;
  readonly serverId: string;
  readonly label: string;
  readonly tags: readonly string[];
  readonly policyId: string | null;
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string;
  /** Sealed token, for reveal. */
  readonly sealedToken: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly source: 'api' | 'cli' | 'config';
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A token that still works for a while after rotation. */
export interface RetiredTokenRow {
  readonly tokenHash: string;
  readonly grantId: string;
  readonly validUntil: number;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly organizationId: string;
  readonly label: string;
  readonly role: 'admin' | 'policy_manager' | 'viewer';
  readonly keyHash: string;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
}

export interface ToolRow {
  readonly serverId: string;
  readonly name: string;
  /** The definition exactly as the upstream spelled it. */
  readonly definition: string;
  /** SHA-256 of the definition's canonical JSON, hex. */
  readonly digest: string;
  /** The digest that was pinned first (or re-pinned by an owner); differs from `digest` when the definition drifted. */
  readonly pinnedDigest: string;
  readonly class: string;
  readonly classes: readonly string[];
  readonly severity: string;
  /** An operator's override of the class; wins. */
  readonly classOverride: string | null;
  /** Classifier output: confidence, signals, evidence. */
  readonly assessment: Json;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

export interface EntryRow {
  readonly chain: string;
  readonly seq: number;
  readonly kind: string;
  readonly id: string;
  readonly at: number;
  readonly organization: string;
  readonly server: string | null;
  readonly grantId: string | null;
  readonly tool: string | null;
  readonly method: string | null;
  readonly outcome: string | null;
  readonly rule: string | null;
  /** The exact line, chain member included. */
  readonly line: string;
}

export interface CounterRow {
  readonly key: string;
  readonly bucket: number;
  readonly amount: number;
  readonly expires: number;
}

export interface ChainRow {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** SPKI PEM of the Ed25519 key that signs this chain's checkpoints. */
  readonly publicKey: string;
}

export interface AdminEventRow {
  readonly id: string;
  readonly at: number;
  readonly organizationId: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Json;
}

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
    list(serverId?: string): Promise<GrantRow[]>;
    get(id: string): Promise<GrantRow | undefined>;
    insert(row: Omit<GrantRow, 'createdAt' | 'updatedAt' | 'revokedAt'>): Promise<GrantRow>;
    update(
      id: string,
      patch: Partial<Pick<GrantRow, 'label' | 'tags' | 'policyId' | 'expiresAt' | 'revokedAt'>>,
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
  readonly tools: {
    list(serverId: string): Promise<ToolRow[]>;
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
  readonly entries: {
    /** One transaction: the lines, the counter deltas they carry (upsert: amount = amount + delta), and the chain's head. Idempotent by (chain, seq): lines already there are skipped with their deltas. */
    insertBatch(
      chain: string,
      rows: readonly EntryRow[],
      deltas: readonly { seq: number; key: string; bucket: number; amount: number; expires: number }[],
      head: ChainRow,
    ): Promise<void>;
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
  readonly counters: {
    /** Buckets that still count at `now`; also deletes expired ones. */
    load(now: number): Promise<CounterRow[]>;
  };
  readonly events: {
    insert(row: AdminEventRow): Promise<void>;
    page(organizationId: string, page: PageRequest): Promise<Page<AdminEventRow>>;
  };
  /** Small installation-wide values: organization id, key ids. */
  readonly settings: {
    get(name: string): Promise<string | undefined>;
    set(name: string, value: string): Promise<void>;
    /** Sets it unless present; returns what is stored afterwards. */
    init(name: string, value: string): Promise<string>;
  };
  /** Grows with every change of configuration, by whatever process. */
  revision(): Promise<number>;
  /** Calls back when another process (or this one) changed the configuration; SQLite polls `PRAGMA data_version` every 100 ms, PostgreSQL listens. Returns the unsubscribe function. */
  onChange(listener: (revision: number) => void): () => void;
  /** Nodes say which revision they act on, so that a change can wait until every live node has confirmed. */
  readonly nodes: {
    announce(node: { id: string; appliedRevision: number; at: number }): Promise<void>;
    remove(id: string): Promise<void>;
    /** Resolves true when every node seen in the last 10 s acts on `revision` or later; false after `timeoutMs`. */
    confirmed(revision: number, timeoutMs: number): Promise<boolean>;
  };
  /** Throws PC_STORE_UNAVAILABLE when the database cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
