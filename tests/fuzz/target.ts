/** What is fuzzed: a function over bytes that throws when a promise is broken, and what its inputs are made of. */

export interface Target {
  /** Also the name of its corpus file. */
  readonly name: string;
  /** The part of a source's path that coverage is counted in. */
  readonly sources: RegExp;
  /** @throws Error when the oracle finds something; the message says what */
  readonly check: (input: Buffer) => void;
  readonly seeds: readonly string[];
  /** Pieces that mutation puts in. */
  readonly tokens: readonly string[];
}
