/**
 * Checks a log without the gateway: its database, or an exported copy of it. It proves that the lines are those that were written, in
 * their order, none missing; with a key from a safe place also that this installation wrote them. Entries after the last checkpoint of
 * a database rest on its stored head alone.
 */
import { ChainCheck } from './chain-check.ts';
import { sameKey } from './checkpoint.ts';
import { isClosingSigned, readClosingLine } from './export-lines.ts';
import type { ClosingLine } from './export-lines.ts';
import { readLine } from './line.ts';
import type { RemovalRow } from '../store/index.ts';
import type { StoredHead, Verification, VerificationProblem } from './verification.ts';

export interface VerifyOptions {
  /** SPKI PEM of the key or keys that may sign. Without one, the key of each chain's first checkpoint is taken at its word. */
  readonly publicKey?: string | readonly string[];
  /** For the lines of a database: where its chains end. Without it the lines are an exported copy, which must end with its closing line. */
  readonly head?: StoredHead | readonly StoredHead[];
  /** For the lines of a database: what retention says that it removed. A copy has this in its closing line. */
  readonly removals?: readonly RemovalRow[];
  /** The lines are a part of a copy: gaps and a missing closing line are fine. Order must still be ascending. */
  readonly excerpt?: boolean;
}

/** Reads all lines (without line feeds; empty ones are skipped) and names the first problem. Never throws for what a line says. */
export async function verifyLines(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions = {},
): Promise<Verification> {
  const check = new LogCheck(options);
  for await (const line of lines) check.take(line);
  return check.finish();
}

class LogCheck {
  readonly #options: VerifyOptions;
  readonly #trusted: readonly string[];
  readonly #chains = new Map<string, ChainCheck>();
  #lines = 0;
  #problem: VerificationProblem | undefined;
  #closing: { readonly text: string; readonly line: ClosingLine; readonly number: number } | undefined;

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#trusted = typeof options.publicKey === 'string' ? [options.publicKey] : (options.publicKey ?? []);
  }

  take(line: string): void {
    this.#lines++;
    if (line === '') return;
    const number = this.#lines;
    const closing = readClosingLine(line);
    if (closing !== undefined && this.#closing === undefined) {
      this.#closing = { text: line, line: closing, number };
      return;
    }
    // After the first problem only the closing line still matters: it says whether gaps were meant.
    if (this.#problem !== undefined) return;
    const facts = readLine(line);
    if (facts === undefined)
      this.#problem = { kind: 'malformed', line: number, message: `line ${number} is not an entry` };
    else if (this.#closing !== undefined)
      this.#problem = {
        kind: 'reordered',
        line: number,
        chain: facts.chain,
        seq: facts.seq,
        message: `line ${number} stands after the closing line`,
      };
    else this.#problem = this.#chain(facts.chain).take(line, facts, number);
  }

  finish(): Verification {
    const problem = this.#firstProblem();
    const chains = [...this.#chains.values()].map((chain) => chain.report());
    return {
      ok: problem === undefined,
      ...(problem === undefined ? {} : { problem }),
      lines: this.#lines,
      entries: chains.reduce((sum, chain) => sum + chain.entries, 0),
      checkpoints: chains.reduce((sum, chain) => sum + chain.checkpoints, 0),
      chains,
    };
  }

  #firstProblem(): VerificationProblem | undefined {
    const signature = this.#closingSignature();
    const copied = signature === undefined ? (this.#closing?.line.chains ?? []) : [];
    for (const removal of [
      ...(this.#options.removals ?? []),
      ...copied.flatMap(({ removed }) => removed ?? []),
    ])
      this.#chains.get(removal.chain)?.excuse(removal);
    const gaps =
      this.#options.excerpt === true
        ? []
        : [...this.#chains.values()].flatMap(
            (chain) => this.#unmeantGap(chain, signature === undefined) ?? [],
          );
    const found = [this.#problem, ...gaps].filter((problem) => problem !== undefined);
    return found.toSorted((a, b) => a.line - b.line)[0] ?? signature ?? this.#end();
  }

  /** A gap is meant when a closing line that can be believed says that the copy begins there or was filtered. */
  #unmeantGap(chain: ChainCheck, isClosingSound: boolean): VerificationProblem | undefined {
    const copied = isClosingSound
      ? this.#closing?.line.chains.find(({ id }) => id === chain.chain)
      : undefined;
    if (copied === undefined) return chain.gap;
    const { filter } = this.#closing!.line;
    const isFromStart = copied.whole && filter.from === undefined && (filter.fromSeq ?? 1) === 1;
    if (isFromStart && chain.lacksBeginning) return chain.gap;
    const { from, hasGaps } = chain.report();
    return copied.from === from && (!hasGaps || !copied.whole) ? undefined : chain.gap;
  }

  #closingSignature(): VerificationProblem | undefined {
    if (this.#closing === undefined) return undefined;
    const { text, line, number } = this.#closing;
    const keys =
      this.#trusted.length > 0
        ? this.#trusted
        : [...this.#chains.values()].flatMap((chain) => chain.publicKey ?? []);
    const isKnown = keys.length === 0 || keys.some((key) => sameKey(key, line.publicKey));
    if (isKnown && isClosingSigned(text, line)) return undefined;
    const message = isKnown
      ? 'the closing line has a bad signature'
      : `the closing line is signed by another key (${line.keyId})`;
    return { kind: 'signature', line: number, message };
  }

  #end(): VerificationProblem | undefined {
    const after = this.#lines + 1;
    if (this.#options.head !== undefined) {
      const heads = Array.isArray(this.#options.head)
        ? (this.#options.head as readonly StoredHead[])
        : [this.#options.head as StoredHead];
      return (
        firstOf(heads, (head) => this.#chain(head.chain).endsAt(head, after)) ??
        this.#unknownChain(
          heads.map(({ chain }) => chain),
          after,
        )
      );
    }
    if (this.#options.excerpt === true) return undefined;
    if (this.#closing !== undefined) {
      const { line, number } = this.#closing;
      return (
        firstOf(line.chains, (copied) => this.#chain(copied.id).wasCopied(copied, number)) ??
        this.#unknownChain(
          line.chains.map(({ id }) => id),
          number,
        )
      );
    }
    return {
      kind: 'truncated',
      line: after,
      message: `the closing line is missing: the copy was cut after line ${this.#lines}`,
    };
  }

  #unknownChain(known: readonly string[], line: number): VerificationProblem | undefined {
    const chain = [...this.#chains.keys()].find((id) => !known.includes(id));
    return chain === undefined
      ? undefined
      : { kind: 'head', line, chain, message: `chain ${chain}: was not there when the end was recorded` };
  }

  #chain(id: string): ChainCheck {
    const known = this.#chains.get(id) ?? new ChainCheck(id, this.#trusted);
    this.#chains.set(id, known);
    return known;
  }
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => VerificationProblem | undefined,
): VerificationProblem | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
