/** What checking a log finds. */

export type ProblemKind =
  /** Not an entry at all. */
  | 'malformed'
  /** The text does not have the hash it names, or database columns contradict the line. */
  | 'altered'
  /** Positions are missing. */
  | 'gap'
  | 'reordered'
  | 'duplicate'
  /** Does not continue the entry before it: one of the two was replaced. */
  | 'prev'
  /** A checkpoint or closing line is not signed by the right key or says something else than the chain. */
  | 'signature'
  /** The end is missing. */
  | 'truncated'
  /** The end is not the one that was stored. */
  | 'head';

/** The first thing wrong, in the order of lines. */
export interface VerificationProblem {
  readonly kind: ProblemKind;
  /** 1-based; one past the last line when the end is missing. */
  readonly line: number;
  readonly chain?: string;
  readonly seq?: number;
  /** One sentence for people. */
  readonly message: string;
}

export interface ChainVerification {
  readonly chain: string;
  /** The first position present: the copy vouches from here on, not for what was before. */
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** The front that retention removed, as a signed statement says. */
  readonly removed?: { readonly to: number; readonly at: number };
  /** Up to here a checkpoint's signature vouches; 0 when there is none. */
  readonly signedTo: number;
  /** Of the key that signed. */
  readonly keyId?: string;
  /** Whether positions between `from` and `to` are left out (filtered copies and excerpts). */
  readonly hasGaps: boolean;
}

export interface Verification {
  readonly ok: boolean;
  readonly problem?: VerificationProblem;
  /** Lines read. */
  readonly lines: number;
  readonly entries: number;
  readonly checkpoints: number;
  readonly chains: readonly ChainVerification[];
}

/** Where a chain is said to end. */
export interface StoredHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}
