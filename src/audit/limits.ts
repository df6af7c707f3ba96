/** How much the log keeps where, and how often it does what. */
export interface LogLimits {
  /** Bytes of journal at most while the database takes nothing. Default 256 MiB. */
  readonly maxSpoolBytes: number;
  /** Entries in the journal at most while the database takes nothing. Default 1,000,000. */
  readonly maxSpoolEntries: number;
  /** Entries waiting for the disk at most. Default 100,000. */
  readonly maxWaiting: number;
  /** Longest wait for the disk of an entry that nobody waits for, in ms. Default 10. */
  readonly lateMs: number;
  /** Entries kept in memory on their way to the database; what is beyond is read back from the journal. Default 20,000. */
  readonly maxInMemory: number;
  /** Entries per database transaction at most. Default 1,000. */
  readonly batchEntries: number;
  /** Longest wait of an entry for a fuller database transaction, in ms. Default 200. */
  readonly batchDelayMs: number;
  /** Size from which a new journal file is begun. Default 16 MiB. */
  readonly segmentBytes: number;
  /** Entries between checkpoints. Default 1,000. */
  readonly checkpointEntries: number;
  /** Ms between checkpoints while there are entries. Default 60,000. */
  readonly checkpointMs: number;
  /** Ms between attempts while the journal or the database cannot be written. Default 500. */
  readonly retryMs: number;
}

export const DEFAULT_LOG_LIMITS: LogLimits = {
  maxSpoolBytes: 256 * 1024 * 1024,
  maxSpoolEntries: 1_000_000,
  maxWaiting: 100_000,
  lateMs: 10,
  maxInMemory: 20_000,
  batchEntries: 1_000,
  batchDelayMs: 200,
  segmentBytes: 16 * 1024 * 1024,
  checkpointEntries: 1_000,
  checkpointMs: 60_000,
  retryMs: 500,
};
