/** Rows and repositories of approvals and alerts. Times are ms since the epoch. */
import type { Json } from '../json.ts';
import type { Page, PageRequest } from './page-types.ts';

/** `void`: what it was asked for has changed since; `used`: a call was sent on it. */
export type ApprovalState = 'pending' | 'approved' | 'denied' | 'expired' | 'void' | 'used';

export interface ApprovalRow {
  readonly id: string;
  readonly organizationId: string;
  readonly serverId: string;
  readonly serverName: string;
  readonly grantId: string;
  readonly grantLabel: string;
  /** On whose behalf the grant acts: may not decide. */
  readonly owner: string | null;
  readonly tool: string;
  readonly toolClass: string;
  /** What it is bound to, in one digest: grant, server, tool, definition, arguments, policy version, rule, earlier call. */
  readonly fingerprint: string;
  readonly definitionDigest: string;
  readonly argumentDigest: string;
  readonly policyId: string;
  readonly policyVersion: number;
  readonly rule: string;
  readonly message: string;
  /** The decision of an identical call whose answer was lost, where that is why it asks. */
  readonly earlier: string | null;
  /** Sealed JSON text; null once the time to keep it is over. */
  readonly sealedArguments: string | null;
  /** SHA-256 of what approvers are shown. */
  readonly viewHash: string;
  /** How many people must agree. */
  readonly people: number;
  /** The least role that may decide. */
  readonly role: string;
  /** Who may decide, by name; empty: whoever has the role. */
  readonly approvers: readonly string[];
  readonly state: ApprovalState;
  readonly requestedAt: number;
  /** Until then it can be decided and used. */
  readonly expiresAt: number;
  readonly decidedAt: number | null;
  readonly claimedAt: number | null;
  /** The call that was sent on it. */
  readonly claimedBy: string | null;
  readonly returnedAt: number | null;
  readonly result: Json;
  /** Whether the requester has read that it was denied. */
  readonly told: boolean;
  /** Whether the decision is in the decision log. */
  readonly logged: boolean;
  readonly updatedAt: number;
}

export interface ApprovalVoteRow {
  readonly approvalId: string;
  readonly actor: string;
  readonly verdict: 'approve' | 'deny';
  readonly reason: string | null;
  /** The hash of what the actor was shown. */
  readonly viewHash: string;
  readonly via: 'api' | 'cli' | 'link';
  readonly at: number;
}

/** A one-time link; its secret is not stored. */
export interface ApprovalLinkRow {
  readonly id: string;
  readonly approvalId: string;
  readonly approver: string;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface ApprovalFilter {
  readonly organization?: string | undefined;
  readonly state?: string | undefined;
  readonly server?: string | undefined;
  readonly grant?: string | undefined;
  readonly tool?: string | undefined;
}

export type NewApproval = Pick<
  ApprovalRow,
  | 'id'
  | 'organizationId'
  | 'serverId'
  | 'serverName'
  | 'grantId'
  | 'grantLabel'
  | 'owner'
  | 'tool'
  | 'toolClass'
  | 'fingerprint'
  | 'definitionDigest'
  | 'argumentDigest'
  | 'policyId'
  | 'policyVersion'
  | 'rule'
  | 'message'
  | 'earlier'
  | 'sealedArguments'
  | 'viewHash'
  | 'people'
  | 'role'
  | 'approvers'
  | 'requestedAt'
  | 'expiresAt'
>;

/** Every change of state is one conditional statement or one transaction, so that of several nodes one makes it. */
export interface ApprovalStore {
  /** Files it, or finds the identical one that waits or may be used. */
  request(row: NewApproval): Promise<{ readonly row: ApprovalRow; readonly created: boolean }>;
  get(id: string): Promise<ApprovalRow | undefined>;
  /** The newest with this fingerprint. */
  latest(fingerprint: string): Promise<ApprovalRow | undefined>;
  page(filter: ApprovalFilter, page: PageRequest): Promise<Page<ApprovalRow>>;
  /** When the oldest one was asked for that waits or may be used. */
  oldestLive(): Promise<number | undefined>;
  /** How many calls of a grant wait. */
  waiting(grantId: string): Promise<number>;
  /** Changed at `since` or later, oldest change first; at most 500. */
  changed(since: number): Promise<ApprovalRow[]>;
  /** The call of this tool that was sent last on an approval before `before`, its arguments still kept. */
  lastUsed(serverId: string, tool: string, before: number): Promise<ApprovalRow | undefined>;
  votes(approvalId: string): Promise<ApprovalVoteRow[]>;
  /** Adds a vote to one that is pending and not expired; undefined when there is none such. A second vote of the same actor changes nothing. */
  vote(vote: ApprovalVoteRow): Promise<ApprovalRow | undefined>;
  /** Takes an approved one for a call: at most one caller ever gets it. */
  claim(id: string, call: string, at: number): Promise<ApprovalRow | undefined>;
  /** The claimed call was not sent: it may be used after all, unless another was asked for meanwhile. */
  unclaim(id: string, call: string, at: number): Promise<void>;
  returned(id: string, call: string, at: number, result: Json): Promise<void>;
  /** Ends one that waits or may be used. */
  end(id: string, state: 'expired' | 'void', at: number): Promise<ApprovalRow | undefined>;
  /** Ends all whose time is over. */
  expire(now: number): Promise<ApprovalRow[]>;
  /** True for the first who asks. */
  tell(id: string): Promise<boolean>;
  /** True for the first who asks. */
  markLogged(id: string): Promise<boolean>;
  /** Decided, and not in the log yet. */
  unlogged(): Promise<ApprovalRow[]>;
  /** Deletes the arguments of those that ended before. */
  forgetArguments(before: number): Promise<void>;
  addLink(link: Omit<ApprovalLinkRow, 'usedAt'>): Promise<void>;
  link(id: string): Promise<ApprovalLinkRow | undefined>;
  /** True once. */
  useLink(id: string, at: number): Promise<boolean>;
}

export interface AlertRow {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly channel: 'webhook' | 'email' | 'slack' | 'teams';
  /** Sealed JSON: the address, and a webhook's secret. */
  readonly sealedTarget: string;
  /** What may be shown of the target. */
  readonly shown: string;
  readonly events: readonly string[];
  readonly serverId: string | null;
  readonly rule: string | null;
  /** The same thing is told once in this time. */
  readonly windowSeconds: number;
  /** Whether messages of waiting approvals carry one-time links. */
  readonly links: boolean;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface DeliveryRow {
  readonly id: string;
  readonly alertId: string;
  readonly sealedMessage: string;
  readonly attempts: number;
  readonly nextAt: number;
  readonly createdAt: number;
  readonly doneAt: number | null;
  readonly error: string | null;
}

export interface AlertStore {
  list(organizationId: string): Promise<AlertRow[]>;
  get(id: string): Promise<AlertRow | undefined>;
  insert(row: Omit<AlertRow, 'createdAt' | 'updatedAt'>): Promise<AlertRow>;
  update(
    id: string,
    patch: Partial<Omit<AlertRow, 'id' | 'organizationId' | 'createdAt' | 'updatedAt'>>,
  ): Promise<AlertRow>;
  remove(id: string): Promise<void>;
  /** True for the first who asks within the window. */
  mark(alertId: string, key: string, at: number, windowMs: number): Promise<boolean>;
  enqueue(row: Omit<DeliveryRow, 'attempts' | 'doneAt' | 'error'>): Promise<void>;
  /** Takes one that is due, for at most `leaseMs`; no other node gets it meanwhile. */
  take(now: number, leaseMs: number): Promise<DeliveryRow | undefined>;
  /** It arrived, or it never will. */
  done(id: string, at: number, error: string | null): Promise<void>;
  later(id: string, nextAt: number, error: string): Promise<void>;
  /** The newest first, at most 20. */
  deliveries(alertId: string): Promise<DeliveryRow[]>;
  /** Deletes deliveries that ended, and marks, from before. */
  forget(before: number): Promise<void>;
}
