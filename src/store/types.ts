/** Rows as the rest of the program sees them (camel case, parsed JSON), and what each repository can do. Times are ms since the epoch. */
import type { Json } from '../json.ts';

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
