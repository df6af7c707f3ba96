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
