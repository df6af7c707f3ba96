import type { CallTrace } from '../gateway/index.ts';

export interface TraceCounts {
  /** Spans that the collector has taken, since the start. */
  readonly exported: number;
  /** Spans that it will never have. */
  readonly dropped: number;
}

export interface Traces {
  /** Hears of every message. Never throws. */
  readonly trace: CallTrace;
  readonly counts: TraceCounts;
  /** Sends what waits, for at most `graceMs`; the rest is dropped. Never rejects. */
  close(graceMs: number): Promise<void>;
}
