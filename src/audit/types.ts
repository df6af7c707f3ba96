/**
 * What is remembered. Entries are hash-chained lines of JSON; each process that decides calls writes one chain.
 * An entry that cannot be made durable rejects, and the caller must refuse the call.
 */
import type { PortcullisError } from '../errors.ts';
import type { Appended } from './journal.ts';
import type { StatedText } from './stated-text.ts';

/** Position of an entry: SHA-256 over the exact text of the line up to its own hash, which includes the hash before. */
export interface ChainPosition {
  readonly seq: number;
  readonly hash: string;
}

export type EntryKind = 'intent' | 'decision' | 'checkpoint' | 'event';

/** The facts that the store indexes beside the exact line. */
export interface EntryIndex {
  readonly kind: EntryKind;
  /** The call (intent and decision share it) or the event. */
  readonly id: string;
  /** Ms since the epoch. */
  readonly at: number;
  readonly organization: string;
  readonly server?: string | undefined;
  readonly grant?: string | undefined;
  readonly tool?: string | undefined;
  readonly method?: string | undefined;
  readonly outcome?: string | undefined;
  readonly rule?: string | undefined;
  /** Ms; as the body states them. */
  readonly overheadMs?: number | undefined;
  readonly upstreamMs?: number | undefined;
  /** Counter changes that this entry makes durable: positive when taken, negative when given back. */
  readonly counters?: readonly CounterDelta[] | undefined;
}

export interface CounterDelta {
  readonly key: string;
  readonly bucket: number;
  readonly amount: number;
  readonly expires: number;
}

export interface DecisionLog {
  /**
   * Adds one entry. `body` is a JSON object without the members `chain` and `kind`; they are added here.
   * Resolves once the line is on disk (group commit). Rejects with PC_LOG_UNAVAILABLE when it cannot be.
   */
  append(index: EntryIndex, body: object | StatedText): Promise<ChainPosition>;
  /** The same with a callback: the way of a call, which has no room for promises. */
  write(index: EntryIndex, body: StatedText, done: Appended): void;
  /** For an entry that nobody waits for: it shares a write with others, or goes alone after some ms. */
  note(index: EntryIndex, body: StatedText, failed: (error: PortcullisError) => void): void;
  /** Why the log cannot be written, or undefined: what /readyz reports. */
  readonly trouble: string | undefined;
  /** Resolves when everything appended so far can be queried in the database. */
  settled(): Promise<void>;
  /** Writes a checkpoint, moves everything to the database, closes. */
  close(): Promise<void>;
}
