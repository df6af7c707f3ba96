/** Keyset paging, and what the log can be searched by. */

export interface Page<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

export interface EntryFilter {
  readonly organization?: string;
  readonly server?: string;
  readonly grant?: string;
  readonly tool?: string;
  readonly outcome?: string;
  readonly kind?: string;
  readonly rule?: string;
  /** Anywhere in the line, in any case; blocks are searched one by one. */
  readonly text?: string;
  /** Ms since the epoch, inclusive. */
  readonly from?: number;
  /** Ms since the epoch, exclusive. */
  readonly to?: number;
}

export interface PageRequest {
  /** 1 to 500; default 50. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface GrantFilter {
  readonly organization: string;
  /** Those that reach it. */
  readonly serverId?: string;
  /** Those that have it on one of their servers; null: those without one on their first server. */
  readonly policyId?: string | null;
  readonly state?: 'active' | 'ending' | 'expired' | 'revoked';
  readonly text?: GrantWords;
}

/** In a grant's label, owner or tags, in any case, or in the name of its first server. */
export interface GrantWords {
  readonly words: string;
  /** Ids of the servers whose names have the words. */
  readonly servers: ReadonlySet<string>;
}

export interface GrantRange {
  /** Of time: the newest first, or the oldest. */
  readonly order: 'desc' | 'asc';
  /** Id of the last one known. */
  readonly after?: string | undefined;
  /** How many are read in one statement, at most. */
  readonly take: number;
}
