/** Tables as queries see them. The database spells the same names in snake case; JSON is text, a flag is 0 or 1, times are ms since the epoch. */
import type { Generated, Kysely, Transaction } from 'kysely';
import type { InvitationRow, MemberRow, OrganizationRow, PersonRow, SessionRow } from './account-types.ts';
import type {
  AlertRow,
  ApprovalLinkRow,
  ApprovalRow,
  ApprovalVoteRow,
  DeliveryRow,
} from './approval-types.ts';
import type {
  AdminEventRow,
  ApiKeyRow,
  ChainRow,
  ConnectionAttemptRow,
  ConnectionRow,
  ContactMessageRow,
  CounterRow,
  GrantRow,
  PolicyRow,
  PolicyVersionRow,
  RemovalRow,
  RetiredTokenRow,
  ServerRow,
  ToolRow,
  UnknownOutcomeRow,
} from './types.ts';

/** `Row` with the columns of `Stored` as the database holds them. */
type Stored<Row, Columns> = { -readonly [Name in keyof Omit<Row, keyof Columns>]: Row[Name] } & Columns;

export type StoredServer = Stored<
  ServerRow,
  { command: string | null; secretNames: string; caseSensitive: number; auth: string | null }
>;
export type StoredConnection = Stored<ConnectionRow, { scopes: string }>;
export type StoredPolicy = Stored<PolicyRow, { document: string }>;
export type StoredPolicyVersion = Stored<PolicyVersionRow, { document: string }>;
export type StoredGrant = Stored<Omit<GrantRow, 'further'>, { tags: string; allowedAddresses: string }>;
export type StoredTool = Stored<ToolRow, { classes: string; assessment: string }>;
export type StoredPerson = Stored<
  PersonRow,
  { emailVerified: number; twoFactorEnabled: number | null; createdAt: string }
>;
export type StoredEvent = Stored<AdminEventRow, { detail: string }>;

export type StoredApproval = Stored<
  ApprovalRow,
  { approvers: string; result: string | null; told: number; logged: number }
>;
export type StoredAlert = Stored<AlertRow, { events: string; links: number; enabled: number }>;

export interface Tables {
  servers: StoredServer;
  policies: StoredPolicy;
  policyVersions: StoredPolicyVersion;
  /** `revision`: of the configuration when the grant was last changed; set by triggers. */
  grants: StoredGrant & { revision: Generated<number> };
  grantServers: { grantId: string; serverId: string; policyId: string | null; place: number };
  retiredTokens: Stored<RetiredTokenRow, object>;
  apiKeys: Stored<ApiKeyRow, object>;
  /** `revision`: of the configuration when an owner last changed the tool; set by a trigger. */
  tools: StoredTool & { revision: Generated<number> };
  logBlocks: {
    chain: string;
    firstSeq: number;
    lastSeq: number;
    atMin: number;
    atMax: number;
    heads: string;
    lines: Uint8Array;
  };
  logPostings: {
    term: string;
    atMax: number;
    firstSeq: number;
    chain: string;
    atMin: number;
    positions: string | null;
  };
  /** Blocks of an earlier version, until they have moved to `logPostings`. */
  logTerms: { term: string; atMax: number; firstSeq: number; chain: string; atMin: number };
  logIds: { id: string; chain: string; firstSeq: number };
  logRemovals: Stored<RemovalRow, object>;
  callRanks: { organization: string; dimension: string; span: number; bucket: number; packed: string };
  chains: Stored<ChainRow, object>;
  counters: Stored<CounterRow, object>;
  adminEvents: StoredEvent;
  approvals: StoredApproval;
  approvalVotes: Stored<ApprovalVoteRow, object>;
  approvalLinks: Stored<ApprovalLinkRow, object>;
  alerts: StoredAlert;
  alertMarks: { alertId: string; key: string; at: number };
  alertDeliveries: Stored<DeliveryRow, object>;
  contactMessages: Stored<ContactMessageRow, object>;
  unknownOutcomes: Stored<UnknownOutcomeRow, { open: number }> & { change: number };
  /** One row. */
  unknownOutcomeChanges: { id: number; value: number };
  upstreamConnections: StoredConnection;
  connectionAttempts: Stored<ConnectionAttemptRow, object>;
  settings: { name: string; value: string };
  /** One row. */
  revision: { id: number; value: number };
  nodes: { id: string; appliedRevision: number; at: number };
  migrations: { name: string; at: number };
  users: StoredPerson;
  sessions: Stored<SessionRow, { createdAt: string; expiresAt: string }> & {
    activeOrganizationId: string | null;
  };
  accounts: { id: string; userId: string; providerId: string; password: string | null };
  twoFactors: { id: string; userId: string };
  organizations: Stored<OrganizationRow, { createdAt: string }> & { slug: string };
  members: Stored<MemberRow, { createdAt: string }>;
  invitations: Stored<InvitationRow, { expiresAt: string; createdAt: string }> & { status: string };
  serverMembers: { serverId: string; members: string };
  throttles: { key: string; count: number; resetsAt: number };
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
