/** Rows as the rest of the program sees them: camel case, parsed JSON. Times are ms since the epoch. */
import type { Json } from '../json.ts';

export interface ServerRow {
  readonly id: string; // uuid v7
  readonly organizationId: string;
  /** Unique in the installation; also the path segment of the gateway URL. */
  readonly slug: string;
  readonly name: string;
  readonly transport: 'http' | 'sse' | 'stdio';
  readonly url: string | null;
  /** stdio only; never set through the REST API. */
  readonly command: { readonly argv: readonly string[]; readonly cwd?: string } | null;
  /** Sealed JSON object of header name → value (http, sse) or variable → value (stdio); opened by `openSecrets`. */
  readonly sealedSecrets: string | null;
  /** Names of the sealed headers or variables, for display. */
  readonly secretNames: readonly string[];
  readonly caseSensitive: boolean;
  /** How it is signed in at; null or absent: with the sealed headers alone. */
  readonly auth?: ServerAuth | null;
  /** Rows from the configuration file belong to it and are removed with it. */
  readonly source: 'api' | 'cli' | 'config';
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** OAuth towards one server, as its owner set it up. */
export interface ServerAuth {
  readonly kind: 'oauth' | 'client_credentials';
  /** Absent: the gateway identifies or registers itself. */
  readonly clientId?: string;
  readonly sealedClientSecret?: string;
  /** To ask for; absent: what the server names. */
  readonly scopes?: readonly string[];
  /** Everybody signs in for themself, and a grant's calls run as its owner; absent: one account for all calls. */
  readonly perUser?: boolean;
}

/** A call that was sent and whose answer was lost. */
export interface UnknownOutcomeRow {
  /** Of grant, server, tool and arguments: identical calls have the same. */
  readonly key: string;
  /** Of its decision. */
  readonly id: string;
  readonly serverId: string;
  readonly grantId: string;
  readonly tool: string;
  /** When it was made. */
  readonly at: number;
  readonly expiresAt: number;
  /** False: settled by a repeat that a person allowed. */
  readonly open: boolean;
}

/** What the gateway got from a server's authorization server. */
export interface ConnectionRow {
  readonly serverId: string;
  /** The id of the person whose it is; '' when everybody's calls use it. */
  readonly owner: string;
  readonly status: 'connected' | 'needs-sign-in';
  /** Of the access token; null when it does not say. */
  readonly expiresAt: number | null;
  /** That were granted. */
  readonly scopes: readonly string[];
  /** Sealed JSON: tokens, the client and its authorization server; opened only in `connections`. */
  readonly sealed: string;
  readonly version: number;
  /** Until then one process refreshes it, and no other may. */
  readonly refreshingUntil: number;
  readonly updatedAt: number;
}

/** A sign-in that was begun and may come back once. */
export interface ConnectionAttemptRow {
  /** SHA-256 of the state, base64url. */
  readonly id: string;
  readonly serverId: string;
  readonly owner: string;
  readonly sealed: string;
  readonly expiresAt: number;
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

/** A server that a grant reaches, and by which policy; without one every call is denied. */
export interface GrantServer {
  readonly serverId: string;
  readonly policyId: string | null;
}

export interface GrantRow {
  readonly id: string;
  readonly serverId: string;
  readonly label: string;
  readonly tags: readonly string[];
  readonly policyId: string | null;
  /** The servers that it reaches beside `serverId`. */
  readonly further: readonly GrantServer[];
  /** Whose it is, in words. */
  readonly owner: string | null;
  /** The person as whom its calls run, at a server where everybody signs in for themself. */
  readonly ownerId: string | null;
  /** Addresses and CIDR ranges it may be used from; empty for any. */
  readonly allowedAddresses: readonly string[];
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

type GivenLater = 'createdAt' | 'updatedAt' | 'revokedAt';
type Optional = 'owner' | 'ownerId' | 'allowedAddresses' | 'further';

export type NewGrant = Omit<GrantRow, GivenLater | Optional> & Partial<Pick<GrantRow, Optional>>;

/** How many grants have a policy on a server. */
export interface GrantCount {
  readonly serverId: string;
  readonly policyId: string | null;
  /** Whether it is the first server of these grants, or one of the further ones of those. */
  readonly first: boolean;
  /** Revoked and expired ones too. */
  readonly total: number;
  /** Neither revoked nor expired. */
  readonly active: number;
  /** Active, but not for more than a week. */
  readonly ending: number;
  /** Of the configuration when one of them was last changed. */
  readonly revision: number;
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

/** A tool as lists of very many show it. */
export type ToolSummary = Omit<ToolRow, 'definition' | 'assessment' | 'firstSeenAt'>;

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
  /** Ms that the gateway itself took; decisions only. */
  readonly overheadMs: number | null;
  /** Ms from dispatch to the end of the answer; decisions of calls that were sent only. */
  readonly upstreamMs: number | null;
  /** The exact line, chain member included. */
  readonly line: string;
}

export interface StatQuery {
  readonly organization: string;
  /** Ms of one bucket: a minute, an hour or a day. */
  readonly span: number;
  /** Ms since the epoch, inclusive. */
  readonly from: number;
  /** Ms since the epoch, exclusive. */
  readonly to: number;
  /** Only this one's calls. */
  readonly server?: string;
  /** Servers whose calls do not count. */
  readonly hidden: readonly string[];
}

export type StatDimension = 'server' | 'grant' | 'tool' | 'rule' | 'outcome';

export interface StatSums {
  readonly calls: number;
  readonly denied: number;
  /** Errors, and calls whose end is not known. */
  readonly failed: number;
  /** Calls per latency bucket. */
  readonly overhead: readonly number[];
  readonly upstream: readonly number[];
}

export interface StatPoint extends StatSums {
  readonly bucket: number;
}

/** What a series is of: a value of the dimension, on the server that it belongs to. */
export interface StatKey {
  /** null when it belongs to none. */
  readonly server: string | null;
  readonly key: string;
}

export interface StatSeries extends StatKey {
  readonly total: StatSums;
  /** In order; those without calls are left out. */
  readonly points: readonly Pick<StatPoint, 'bucket' | 'calls' | 'denied'>[];
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

/** The front of a chain that retention removed; of each chain the last. */
export interface RemovalRow {
  readonly chain: string;
  /** Entries 1 to here are gone. */
  readonly upTo: number;
  /** Hash of the entry `upTo`. */
  readonly hash: string;
  readonly at: number;
  readonly keyId: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** A block of the log without what it holds. */
export interface BlockRange {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** When its newest entry was made. */
  readonly atMax: number;
  /** Of lines and search columns. */
  readonly bytes: number;
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

/** A letter to the operator, from the form on the public pages. */
export interface ContactMessageRow {
  /** A letter that is sent twice has the same one. */
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly email: string;
  readonly message: string;
  /** Path of the page that it was written on. */
  readonly page: string;
  /** Keyed digest of the sender's address: tells senders apart, not who they are. */
  readonly sender: string;
}

/** How many letters there may be since a time. */
export interface ContactLimits {
  readonly since: number;
  readonly fromSender: number;
  readonly fromAll: number;
}
