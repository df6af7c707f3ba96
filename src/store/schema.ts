/** Tables as queries see them. The database spells the same names in snake case; JSON is text, a flag is 0 or 1, times are ms since the epoch. */
import type { Kysely, Transaction } from 'kysely';
import type {
  AdminEventRow,
  ApiKeyRow,
  ChainRow,
  CounterRow,
  EntryRow,
  GrantRow,
  PolicyRow,
  PolicyVersionRow,
  RetiredTokenRow,
  ServerRow,
  ToolRow,
} from './types.ts';

/** `Row` with the columns of `Stored` as the database holds them. */
type Stored<Row, Columns> = { -readonly [Name in keyof Omit<Row, keyof Columns>]: Row[Name] } & Columns;

export type StoredServer = Stored<
  ServerRow,
  { command: string | null; secretNames: string; caseSensitive: number }
>;
export type StoredPolicy = Stored<PolicyRow, { document: string }>;
export type StoredPolicyVersion = Stored<PolicyVersionRow, { document: string }>;
export type StoredGrant = Stored<GrantRow, { tags: string }>;
export type StoredTool = Stored<ToolRow, { classes: string; assessment: string }>;
export type StoredEvent = Stored<AdminEventRow, { detail: string }>;

export interface Tables {
  servers: StoredServer;
  policies: StoredPolicy;
  policyVersions: StoredPolicyVersion;
  grants: StoredGrant;
  retiredTokens: Stored<RetiredTokenRow, object>;
  apiKeys: Stored<ApiKeyRow, object>;
  tools: StoredTool;
  entries: Stored<EntryRow, object>;
  chains: Stored<ChainRow, object>;
  counters: Stored<CounterRow, object>;
  adminEvents: StoredEvent;
  settings: { name: string; value: string };
  /** One row. */
  revision: { id: number; value: number };
  nodes: { id: string; appliedRevision: number; at: number };
  migrations: { name: string; at: number };
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
