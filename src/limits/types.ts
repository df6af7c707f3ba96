/** How much is left. All counters of a call are taken together or not at all, before the call is forwarded. */
import type { LimitRefusal, Reservation, WindowReservation } from '../policy/index.ts';

/** Who a counter belongs to; the scope of a limit picks one. */
export interface LimitOwner {
  readonly organization: string;
  readonly server: string;
  readonly grant: string;
  /** Absent in the stateless era: `session` limits then count per grant. */
  readonly session?: string | undefined;
}

/** What was taken for one call: goes into its intent record, so that counters can be rebuilt from the log. */
export interface Taken {
  /** The full counter key (scope owner, counter, window, by). */
  readonly key: string;
  /** Start of the window (fixed) or the tick (sliding) it was taken from, ms since the epoch. */
  readonly bucket: number;
  readonly amount: number;
  /** Ms since the epoch after which the bucket no longer counts. */
  readonly expires: number;
  readonly reservation: WindowReservation;
}

export interface Hold {
  readonly taken: readonly Taken[];
  /** Frees concurrent slots; keeps window counts. Idempotent. */
  commit(): void;
  /** Gives back window counts too, into the windows they were taken from; with a filter, only those. Returns what was given back. Idempotent. */
  release(filter?: (reservation: WindowReservation) => boolean): readonly Taken[];
  /** Hears that what was taken is written to the log, where counters that are rebuilt find it. */
  logged?(): void;
  /** What each window has with it, where that is known. */
  readonly totals?: ReadonlyMap<Reservation, number>;
}

export interface Counters {
  /** Looks without touching. */
  peek(owner: LimitOwner, reservations: readonly Reservation[], now: number): LimitRefusal | undefined;
  /** Takes all or nothing. */
  reserve(owner: LimitOwner, reservations: readonly Reservation[], now: number): Hold | LimitRefusal;
  /** Puts back one persisted bucket at start-up. Additive. */
  restore(bucket: {
    readonly key: string;
    readonly bucket: number;
    readonly amount: number;
    readonly expires: number;
  }): void;
}

/** Counters of all nodes together. Whatever cannot be counted throws PC_COUNTERS_UNAVAILABLE. */
export interface SharedCounters {
  /** Why nothing can be counted now, in words without secrets; undefined: it can. */
  readonly trouble: string | undefined;
  /** Looks without touching. */
  peek(owner: LimitOwner, reservations: readonly Reservation[]): Promise<LimitRefusal | undefined>;
  /** Takes all or nothing. */
  reserve(owner: LimitOwner, reservations: readonly Reservation[]): Promise<Hold | LimitRefusal>;
  /** Resolves when it counts, or after so many ms. */
  opened(withinMs: number): Promise<void>;
  /** Says goodbye to the other nodes. To be called when the log is closed. Never throws. */
  close(): Promise<void>;
}
