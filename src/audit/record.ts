/** The decision record: what API, export and `log tail` show of one call. The gateway fills it; values of arguments are never in it. */
import { PortcullisError } from '../errors.ts';
import type { EntryRow } from '../store/index.ts';
import { bodyOf, readLine } from './line.ts';

/** `unknown`: it was sent, and whether it ran cannot be known. */
export type DecisionOutcome = 'allow' | 'deny' | 'needs_approval' | 'error' | 'unknown';

/** One counter as the call took it. */
export interface RecordedReservation {
  readonly counter: string;
  readonly kind: 'window' | 'concurrent';
  /** `session` limits of a call without a session count per grant: then this says `grant`. */
  readonly scope: 'session' | 'grant' | 'server' | 'organization';
  readonly rule: string;
  readonly amount?: number;
  readonly max: number;
  /** What became of it. */
  readonly settled?: 'kept' | 'released';
}

/** Times are ms since the epoch, durations ms. */
export interface DecisionRecord {
  readonly id: string;
  readonly at: number;
  readonly organization: string;
  readonly server: { readonly id: string; readonly name: string };
  readonly grant: { readonly id: string; readonly label: string } | null;
  readonly client: { readonly name?: string; readonly version?: string };
  readonly era: string;
  readonly session?: string;
  readonly requestId?: string | number;
  readonly method: string;
  readonly tool?: string;
  readonly argumentKeys: readonly string[];
  /** HMAC-SHA-256 of each argument's JSON text, 22 characters of base64url; see `argumentsText`. */
  readonly argumentDigests: Readonly<Record<string, string>>;
  readonly definitionDigest?: string;
  readonly policy: { readonly id: string; readonly version: number } | null;
  readonly outcome: DecisionOutcome;
  readonly rule: string;
  readonly message: string;
  readonly reservations: readonly RecordedReservation[];
  readonly dispatched: boolean | 'unknown';
  readonly upstream?: { readonly status?: number; readonly durationMs?: number };
  readonly result?: { readonly isError: boolean; readonly bytes: number; readonly kind: string };
  readonly overheadMs?: number;
  /** `by`: who agreed, or who denied it, by the names that answers are counted by; absent while nobody decided. */
  readonly approval?: { readonly id: string; readonly state: string; readonly by?: readonly string[] };
  /** Where its last entry stands. */
  readonly chain: { readonly id: string; readonly seq: number; readonly hash: string };
}

/** What the gateway appends: an intent before a call is sent, a decision when its outcome is known. A decision repeats what its intent said. */
export type DecisionBody = Omit<DecisionRecord, 'chain'>;

/**
 * The record of one call from its entries, oldest first (`store.entries.get`). Members of the decision win over those of the intent;
 * a call with only an intent is in flight: allowed, and whether it was sent is unknown.
 * @throws PortcullisError PC_API_NOT_FOUND when no entry is an intent or a decision
 */
export function mergeEntries(entries: readonly EntryRow[]): DecisionRecord {
  const steps = entries.filter((entry) => entry.kind === 'intent' || entry.kind === 'decision');
  const last = steps.at(-1);
  const facts = last === undefined ? undefined : readLine(last.line);
  if (facts === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'decision' });
  const bodies = steps.map((entry) => bodyOf(entry.line));
  const inFlight = { outcome: 'allow', rule: '', message: '', reservations: [], dispatched: 'unknown' };
  const merged = Object.assign({}, facts.kind === 'intent' ? inFlight : {}, ...bodies);
  const chain = { id: facts.chain, seq: facts.seq, hash: facts.hash };
  return { ...merged, at: bodies[0]?.['at'] ?? merged.at, chain } as DecisionRecord;
}
