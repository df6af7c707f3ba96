/** What the desk is asked, and by whom. */
import type { JsonObject } from '../json.ts';
import type { ApprovalRow, ApprovalVoteRow } from '../store/index.ts';

/** A call that a policy wants a person to agree to. */
export interface AskedCall {
  readonly organization: string;
  readonly server: { readonly id: string; readonly name: string };
  readonly grant: { readonly id: string; readonly label: string; readonly tags: readonly string[] };
  readonly tool: { readonly name: string; readonly class: string; readonly definitionDigest: string };
  readonly arguments: JsonObject;
  /** Everything of the request's `params` that the server acts on: the call is bound to all of it. */
  readonly params: JsonObject;
  readonly policy: { readonly id: string; readonly version: number };
  /** JSON Pointer of the rule, and what it says to the approver. */
  readonly rule: string;
  readonly message: string;
  /** The decision of an identical call whose answer was lost. */
  readonly earlier?: string | undefined;
  readonly expiresSeconds: number;
}

/** An approval with who agreed to it, or who denied it, once people have. */
export interface AnsweredApproval extends ApprovalRow {
  readonly by?: readonly string[];
}

/** What becomes of a call that asks. */
export interface Asked {
  readonly state: 'pending' | 'approved' | 'denied';
  readonly approval: AnsweredApproval;
  /** It was asked for just now. */
  readonly created: boolean;
  /** Why not, when it was denied. */
  readonly denial?: string;
}

/** Who decides, as the surface that let them in knows them. */
export interface Approver {
  /** Stable; votes are counted by it. */
  readonly id: string;
  readonly via: ApprovalVoteRow['via'];
  /** Whether they have at least this role. */
  holds(role: string): boolean;
}

export interface Decision {
  readonly verdict: ApprovalVoteRow['verdict'];
  readonly reason: string | null;
  /** The hash of the view that was shown, where the surface knows it. */
  readonly seen?: string | undefined;
}

/** Who may decide the calls of a server. */
export interface ApprovalSettings {
  readonly role: 'viewer' | 'policy_manager' | 'admin';
  /** By name; empty: whoever has the role. */
  readonly approvers: readonly string[];
  /** How many people must agree: 1 or 2. */
  readonly people: number;
}
