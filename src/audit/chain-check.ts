/** Follows the lines of one chain and says where they stop being that chain. */
import { createHash } from 'node:crypto';
import { checkpointText, isSignedBy, sameKey } from './checkpoint.ts';
import type { CheckpointBody } from './checkpoint.ts';
import { isIntact, NO_HASH } from './line.ts';
import type { LineFacts } from './line.ts';
import { isRemovalSigned } from './removal.ts';
import type { RemovalRow } from '../store/index.ts';
import type { ExportedChain } from './export-lines.ts';
import type { ChainVerification, ProblemKind, StoredHead, VerificationProblem } from './verification.ts';

/** Positions `from` to `to` are missing before the line. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

export class ChainCheck {
  readonly chain: string;
  readonly #trusted: readonly string[];
  readonly #digest = createHash('sha256');
  #gaps: Gap[] = [];
  #removed: { readonly to: number; readonly at: number } | undefined;
  #first = { seq: 0, prev: NO_HASH };
  #last = { seq: 0, hash: NO_HASH, line: 0 };
  #entries = 0;
  #checkpoints = 0;
  #signedTo = 0;
  #keyId: string | undefined;
  #publicKey: string | undefined;

  /** `trusted`: keys (PEM) that may sign; none = the key of the chain's first checkpoint. */
  constructor(chain: string, trusted: readonly string[]) {
    this.chain = chain;
    this.#trusted = trusted;
  }

  /** The key that signed its checkpoints. */
  get publicKey(): string | undefined {
    return this.#publicKey;
  }

  /** The first missing positions: a problem, unless the copy is meant to have gaps. */
  get gap(): VerificationProblem | undefined {
    const gap = this.#gaps[0];
    if (gap === undefined) return undefined;
    const message =
      gap.from === 1
        ? `begins at seq ${gap.to + 1}: seq 1 to ${gap.to} are missing`
        : `after seq ${gap.from - 1} comes ${gap.to + 1}`;
    return this.#problem('gap', gap.line, gap.from, message);
  }

  /** Takes the next line. Missing positions are not reported here: they may turn up later, or be meant. */
  take(line: string, facts: LineFacts, number: number): VerificationProblem | undefined {
    const { seq } = facts;
    if (!isIntact(line, facts))
      return this.#problem(
        'altered',
        number,
        seq,
        `line ${number} (seq ${seq}) was altered: its text does not have the hash it names`,
      );
    if (seq <= this.#last.seq) return this.#outOfPlace(facts, number);
    if (seq > this.#last.seq + 1) this.#gaps.push({ from: this.#last.seq + 1, to: seq - 1, line: number });
    else if (facts.prev !== this.#last.hash) {
      const before = seq === 1 ? 'the beginning of the chain' : `seq ${seq - 1}`;
      return this.#problem(
        'prev',
        number,
        seq,
        `line ${number} (seq ${seq}) does not continue ${before}: one of them was replaced`,
      );
    }
    if (facts.kind === 'checkpoint') {
      const wrong = this.#checkpoint(line, facts);
      if (wrong !== undefined)
        return this.#problem(
          'signature',
          number,
          seq,
          `the checkpoint in line ${number} (seq ${seq}) ${wrong}`,
        );
    }
    if (this.#entries === 0) this.#first = { seq, prev: facts.prev };
    this.#entries++;
    this.#digest.update(facts.hash);
    this.#last = { seq, hash: facts.hash, line: number };
    return undefined;
  }

  /** Whether positions before the first one are missing and nothing accounts for them. */
  get lacksBeginning(): boolean {
    return this.#gaps[0]?.from === 1;
  }

  /** Accounts for what is missing before the first line, if this is what was removed and the right key says so. */
  excuse(removal: RemovalRow): void {
    const { seq, prev } = this.#first;
    if (removal.chain !== this.chain || removal.upTo !== seq - 1 || removal.hash !== prev) return;
    const keys = this.#trusted.length > 0 ? this.#trusted : [this.#publicKey ?? removal.publicKey];
    if (!keys.some((key) => sameKey(key, removal.publicKey)) || !isRemovalSigned(removal)) return;
    this.#gaps = this.#gaps.filter(({ from }) => from !== 1);
    this.#removed = { to: removal.upTo, at: removal.at };
  }

  /** Compares the end with the head that the database keeps. */
  endsAt(head: StoredHead, lineAfter: number): VerificationProblem | undefined {
    const { seq, hash } = this.#last;
    if (seq < head.seq)
      return this.#problem(
        'truncated',
        lineAfter,
        seq + 1,
        `ends at seq ${seq}, but its stored head is seq ${head.seq}: the last ${head.seq - seq} are missing`,
      );
    if (seq > head.seq)
      return this.#problem(
        'head',
        lineAfter,
        head.seq + 1,
        `goes on to seq ${seq}, but its stored head is seq ${head.seq}`,
      );
    return hash === head.hash
      ? undefined
      : this.#problem('head', lineAfter, seq, `ends at seq ${seq} with another hash than its stored head`);
  }

  /** Compares what was read with what the closing line says was copied. */
  wasCopied(copied: ExportedChain, closingLine: number): VerificationProblem | undefined {
    const { seq } = this.#last;
    if (seq < copied.to)
      return this.#problem(
        'truncated',
        closingLine,
        seq + 1,
        `ends at seq ${seq}, but seq ${copied.to} was copied`,
      );
    if (this.#first.seq !== copied.from || seq !== copied.to)
      return this.#problem(
        'head',
        closingLine,
        seq,
        `runs from seq ${this.#first.seq} to ${seq}, but seq ${copied.from} to ${copied.to} were copied`,
      );
    if (this.#entries !== copied.entries)
      return this.#problem(
        'gap',
        closingLine,
        seq,
        `has ${this.#entries} entries between seq ${copied.from} and ${copied.to}, but ${copied.entries} were copied`,
      );
    if (this.#digest.copy().digest('hex') !== copied.digest)
      return this.#problem('altered', closingLine, seq, 'holds other entries than were copied');
    return undefined;
  }

  report(): ChainVerification {
    return {
      chain: this.chain,
      from: this.#first.seq,
      ...(this.#removed === undefined ? {} : { removed: this.#removed }),
      to: this.#last.seq,
      entries: this.#entries,
      checkpoints: this.#checkpoints,
      signedTo: this.#signedTo,
      ...(this.#keyId === undefined ? {} : { keyId: this.#keyId }),
      hasGaps: this.#gaps.some((gap) => gap.from > 1),
    };
  }

  #outOfPlace(facts: LineFacts, number: number): VerificationProblem {
    const { seq } = facts;
    const gap = this.#gaps.find(({ from, to }) => from <= seq && seq <= to);
    if (gap !== undefined)
      return this.#problem(
        'reordered',
        gap.line,
        gap.to + 1,
        `line ${gap.line} (seq ${gap.to + 1}) stands before line ${number} (seq ${seq})`,
      );
    const isCopy = seq < this.#last.seq || facts.hash === this.#last.hash;
    return this.#problem(
      'duplicate',
      number,
      seq,
      isCopy
        ? `seq ${seq} stands again in line ${number}`
        : `lines ${this.#last.line} and ${number} both claim seq ${seq}`,
    );
  }

  /** What is wrong with a checkpoint, or undefined. */
  #checkpoint(line: string, facts: LineFacts): string | undefined {
    const body = JSON.parse(line) as CheckpointBody;
    if (body.upTo !== facts.seq - 1 || body.head !== facts.prev)
      return 'vouches for something else than the entry before it';
    const trusted =
      this.#trusted.length > 0 ? this.#trusted : this.#publicKey === undefined ? [] : [this.#publicKey];
    if (
      (this.#trusted.length > 0 || this.#publicKey !== undefined) &&
      !trusted.some((key) => sameKey(key, body.publicKey))
    )
      return `is signed by another key (${body.keyId})`;
    if (!isSignedBy(body.publicKey, checkpointText(this.chain, body.upTo, body.head), body.signature))
      return 'has a bad signature';
    this.#publicKey = body.publicKey;
    this.#keyId = body.keyId;
    this.#checkpoints++;
    this.#signedTo = body.upTo;
    return undefined;
  }

  #problem(kind: ProblemKind, line: number, seq: number, message: string): VerificationProblem {
    return { kind, line, chain: this.chain, seq, message: `chain ${this.chain}: ${message}` };
  }
}
