/** The vocabulary of the policy core. Pure data: nothing here does I/O, reads a clock or draws randomness. */

import type { JsonObject } from '../json.ts';
import type { CodeVerdicts } from './code/types.ts';

export const TOOL_CLASSES = ['Read', 'Write', 'Execute', 'Destructive', 'Financial'] as const;
export type ToolClass = (typeof TOOL_CLASSES)[number];

/** What the gateway knows about the tool that is called or listed. */
export interface ToolFacts {
  readonly name: string;
  /** Every class that applies; a class selector matches when its class is among them. */
  readonly classes: readonly ToolClass[];
  /** The gravest of them. */
  readonly class: ToolClass;
  /** Making an identical call again changes nothing more. Absent: it may. */
  readonly idempotent?: boolean;
  /** Says what is wrong with arguments by the tool's own input schema, or undefined; absent when the schema is unknown or cannot be compiled. */
  readonly checkInput?: (args: JsonObject) => string | undefined;
}

/** An identical call that was sent and whose answer was lost. */
export interface EarlierCall {
  /** Of its decision. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One call as the policy sees it: frozen facts only. */
export interface CallFacts {
  readonly tool: ToolFacts;
  /** `params.arguments`; an absent member is `{}`. */
  readonly args: JsonObject;
  readonly grant: { readonly label: string; readonly tags: readonly string[] };
  readonly client: { readonly name?: string | undefined };
  /** Milliseconds since the epoch, UTC. */
  readonly now: number;
  /** Whether the call belongs to a session; without one a `session` limit counts per grant. */
  readonly hasSession: boolean;
  /** Whether the server tells names of arguments apart by case; else an argument in another case counts as one that cannot be judged. */
  readonly caseSensitive?: boolean;
  /** What `readCode` found; code that it did not read counts against the call. */
  readonly code?: CodeVerdicts | undefined;
  readonly earlier?: EarlierCall | undefined;
}

export type LimitScope = 'session' | 'grant' | 'server' | 'organization';
export type LimitAlgorithm = 'fixed' | 'sliding';
/** `minute`, `hour`, `day` are UTC calendar windows; a number is whole seconds aligned to the epoch. */
export type LimitWindow = 'minute' | 'hour' | 'day' | number;

/** One counter that a call wants to raise before it may go on. */
export interface WindowReservation {
  readonly kind: 'window';
  readonly counter: string;
  readonly window: LimitWindow;
  readonly algorithm: LimitAlgorithm;
  readonly scope: LimitScope;
  /** Canonical JSON of the argument named by `by`; absent when the limit has none. */
  readonly by?: string;
  readonly amount: number;
  readonly max: number;
  /** JSON Pointer of the limit in the canonical policy. */
  readonly rule: string;
  readonly onDeny?: string;
  readonly refundOnError: boolean;
  readonly failOpen: boolean;
}

/** A cap on calls in flight. */
export interface ConcurrentReservation {
  readonly kind: 'concurrent';
  /** Name of the slot pool: the JSON Pointer of the limit unless it names a counter. */
  readonly counter: string;
  readonly scope: LimitScope;
  readonly by?: string;
  readonly max: number;
  readonly rule: string;
  readonly onDeny?: string;
  readonly failOpen: boolean;
}

export type Reservation = WindowReservation | ConcurrentReservation;

/** Why a limit has no room. */
export interface LimitRefusal {
  readonly reservation: Reservation;
  /** The total already taken. */
  readonly used: number;
  /** Whole seconds until the call could pass, at least 1; absent for `concurrent`. */
  readonly retryAfterSeconds?: number;
  /** Milliseconds since the epoch at which the limit resets or frees enough. */
  readonly resetsAt?: number;
}

/** How the policy looks at counters without touching them. */
export type LimitPeek = (reservations: readonly Reservation[]) => LimitRefusal | undefined;

export interface Step {
  /** JSON Pointer of the rule, or one of the labels in parentheses. */
  readonly rule: string;
  readonly result: 'passed' | 'denied' | 'needs_approval' | 'matched' | 'skipped';
  /** One sentence for people: what was looked at and what was found. */
  readonly detail: string;
}

export interface Verdict {
  readonly outcome: 'allow' | 'deny' | 'needs_approval';
  /** JSON Pointer into the canonical document, "(no policy)", "(hidden)", "(default deny)", "(input schema)", "(unknown outcome)", or "" for a plain allow. */
  readonly rule: string;
  /** What the agent reads (without the [POLICY DENIED] prefix). */
  readonly message: string;
  readonly reservations: readonly Reservation[];
  /** Filled only when asked for. */
  readonly trace: readonly Step[];
  /** For a limit: when to come back. */
  readonly retryAfterSeconds?: number;
  /** Needs approval: how long a pending approval may wait, in seconds. */
  readonly approvalExpiresSeconds?: number;
  /** Needs approval because of this one, or also because of it. */
  readonly earlier?: EarlierCall;
  /** Denied because the tool may not be known to the caller: answer as for an unknown tool. */
  readonly hidden?: boolean;
}

/** What may come back from a tool: the `results` member of a rule, merged over every entry that matches. */
export interface ResultRules {
  readonly maxBytes?: number;
  readonly redact: readonly string[];
}
