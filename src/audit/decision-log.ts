/**
 * The decision log of one process: one chain, one spool directory. An append resolves when its line is on disk, and rejects
 * with PC_LOG_UNAVAILABLE when it cannot be; the caller then refuses the call. Opening it finishes what a crash left behind.
 */
import { PortcullisError } from '../errors.ts';
import { ChainWriter } from './chain-writer.ts';
import type { ChainIdentity, LinkedEntry } from './chain-writer.ts';
import { Journal, logUnavailable, type Appended } from './journal.ts';
import { DEFAULT_LOG_LIMITS } from './limits.ts';
import type { LogLimits } from './limits.ts';
import { checkChainId, openLine } from './line.ts';
import { Mover } from './mover.ts';
import type { EntryStore } from './mover.ts';
import { recoverChain } from './recover-spool.ts';
import type { Recovery, TellLost } from './recover-spool.ts';
import type { StatedText } from './stated-text.ts';
import { chainOfSpool } from './segments.ts';
import { openSpoolFile } from './spool-file.ts';
import type { OpenSpoolFile } from './spool-file.ts';
import type { ChainPosition, DecisionLog, EntryIndex } from './types.ts';

export interface DecisionLogOptions extends ChainIdentity {
  /** Spool directory of this chain; no other living process may use either. Created when missing. */
  readonly directory: string;
  readonly store: EntryStore;
  /** Hears of calls of an earlier process whose outcome is unknown. */
  readonly tellLost?: TellLost;
  readonly limits?: Partial<LogLimits>;
  /** How journal files are written; the default is durable. */
  readonly openFile?: OpenSpoolFile;
}

/** What a start found; `recovery.damaged` deserves a warning. */
export interface OpenedDecisionLog extends DecisionLog {
  readonly recovery: Recovery;
}

/**
 * Recovers the spool, writes the opening checkpoint, and takes entries. Resolves also when the journal cannot be written: then `trouble` says why.
 * @throws PortcullisError PC_STORE_UNAVAILABLE when the database cannot be read; PC_CONFIG_INVALID when the directory belongs to another chain
 */
export async function openDecisionLog(options: DecisionLogOptions): Promise<OpenedDecisionLog> {
  checkChainId(options.chain);
  const { directory, store, chain } = options;
  const spooled = await chainOfSpool(directory);
  if (spooled !== undefined && spooled !== chain)
    throw new PortcullisError('PC_CONFIG_INVALID', {
      detail: `the spool directory belongs to the chain ${spooled}, not ${chain}`,
    });
  const recovery = await recoverChain(directory, store, options, options.tellLost);
  const log = new SpooledLog(options, recovery);
  await log.begin();
  return log;
}

class SpooledLog implements OpenedDecisionLog {
  readonly recovery: Recovery;
  readonly #journal: Journal;
  readonly #mover: Mover;
  readonly #store: EntryStore;
  #closing: Promise<void> | undefined;

  constructor(options: DecisionLogOptions, recovery: Recovery) {
    const { directory, chain, store, signingKey, openFile = openSpoolFile } = options;
    this.#store = store;
    const limits = { ...DEFAULT_LOG_LIMITS, ...options.limits };
    this.recovery = recovery;
    const writer = new ChainWriter(options, recovery.head);
    const durable = (entries: readonly LinkedEntry[], bytes: Buffer): void =>
      this.#mover.push(entries, bytes);
    this.#journal = new Journal({ directory, chain, writer, limits, openFile, durable });
    this.#mover = new Mover({
      chain,
      publicKeyPem: signingKey.publicKeyPem,
      store,
      limits,
      journal: this.#journal,
      movedSeq: recovery.head.seq,
    });
  }

  get trouble(): string | undefined {
    return this.#journal.trouble ?? this.#mover.trouble;
  }

  begin(): Promise<void> {
    return this.#journal.checkpoint();
  }

  append(index: EntryIndex, body: object | StatedText): Promise<ChainPosition> {
    return new Promise((resolve, reject) =>
      this.#add(index, body, (error, position) =>
        position === undefined ? reject(error) : resolve({ seq: position.seq, hash: position.hash }),
      ),
    );
  }

  write(index: EntryIndex, body: StatedText, done: Appended): void {
    this.#add(index, body, done);
  }

  note(index: EntryIndex, body: StatedText, failed: (error: PortcullisError) => void): void {
    this.#add(index, body, (error) => error !== undefined && failed(error), true);
  }

  #add(index: EntryIndex, body: object | StatedText, done: Appended, canWait = false): void {
    if (this.#closing !== undefined) return done(new PortcullisError('PC_SHUTTING_DOWN'), undefined);
    const trouble = this.#mover.trouble;
    if (trouble !== undefined) return done(logUnavailable(trouble), undefined);
    this.#journal.append(index, openLine(index, body), done, canWait);
  }

  async settled(): Promise<void> {
    await this.#journal.flushed();
    await this.#mover.moved();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#journal.flushed();
    await this.#journal.checkpoint();
    await this.#mover.close();
    // What the database would not outlast a crash with stays in the journal for the next start.
    const lasting = await this.#store.entries.flush().then(
      () => this.#mover.movedSeq,
      () => 0,
    );
    await this.#journal.close(lasting);
  }
}
