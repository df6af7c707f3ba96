/**
 * Keeps the log bounded: takes whole blocks off the front of the chains that this data directory signs. What goes is checked
 * first, so that retention never hides tampering; it is written down in the log before it goes; and a signed statement of it
 * stays, which verification asks for. While the log cannot be written nothing is removed.
 */
import { newId, type ChainRow } from '../store/index.ts';
import { sameKey, type SigningKey } from './checkpoint.ts';
import { isIntact, NO_HASH, readLine } from './line.ts';
import {
  LogSize,
  planRemoval,
  type PlannedRemoval,
  type RetentionLimits,
  type RetentionStore,
} from './plan-removal.ts';
import { signRemoval } from './removal.ts';
import type { ChainPosition, DecisionLog } from './types.ts';

export interface RetentionOptions extends RetentionLimits {
  readonly store: RetentionStore;
  readonly log: Pick<DecisionLog, 'append'>;
  readonly signingKey: SigningKey;
  /** Whose event it is. */
  readonly organization: string;
  readonly clock: () => number;
}

/** What was removed of a chain. */
export interface RemovedRun {
  readonly chain: string;
  readonly from: number;
  readonly to: number;
  /** Of the entry `to`. */
  readonly hash: string;
}

export interface RetentionReport {
  readonly removed: readonly RemovedRun[];
  /** Chains that are not what was written, of which therefore nothing was removed. */
  readonly damaged: readonly { readonly chain: string; readonly seq: number }[];
}

/** Blocks of one transaction. */
const GROUP = 4;

export class Retention {
  readonly #options: RetentionOptions;
  readonly #size = new LogSize();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Removes what may go. @throws PortcullisError PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE */
  async run(signal?: AbortSignal): Promise<RetentionReport> {
    const { store, clock } = this.#options;
    const removed: RemovedRun[] = [];
    const damaged: { chain: string; seq: number }[] = [];
    const done = new Set<string>();
    for (;;) {
      if (signal?.aborted === true) break;
      const chains = (await this.#chains()).filter(({ chain }) => !done.has(chain));
      const plans = await planRemoval(store, chains, this.#options, this.#size, clock());
      if (plans.length === 0) break;
      for (const plan of plans) {
        const begin = await this.#begin(plan.chain);
        const checked = await this.#check(plan, begin);
        if ('ends' in checked) {
          removed.push(await this.#remove(plan.chain, begin.seq + 1, checked.ends));
          this.#size.took(plan);
          continue;
        }
        done.add(plan.chain);
        // Unless another process of this data directory has been removing the same.
        if ((await this.#begin(plan.chain)).seq === begin.seq)
          damaged.push({ chain: plan.chain, seq: checked.damagedAt });
      }
    }
    if (removed.length > 0) await store.retention.reclaim();
    return { removed, damaged };
  }

  async #chains(): Promise<ChainRow[]> {
    const { store, signingKey } = this.#options;
    return (await store.chains.list()).filter(({ publicKey }) => sameKey(publicKey, signingKey.publicKeyPem));
  }

  /** The entry after which the chain must go on. */
  async #begin(chain: string): Promise<ChainPosition> {
    const removals = await this.#options.store.retention.removals();
    const before = removals.find((removal) => removal.chain === chain);
    return before === undefined ? { seq: 0, hash: NO_HASH } : { seq: before.upTo, hash: before.hash };
  }

  /** Follows the lines from `begin` to the one after the last that goes. */
  async #check(
    { chain, ends }: PlannedRemoval,
    begin: ChainPosition,
  ): Promise<{ readonly ends: readonly ChainPosition[] } | { readonly damagedAt: number }> {
    const groupEnds = new Set(
      ends.filter((_, place) => (place + 1) % GROUP === 0 || place === ends.length - 1),
    );
    const positions: ChainPosition[] = [];
    const to = ends.at(-1)! + 1;
    let last = begin;
    for await (const { line } of this.#options.store.entries.read(chain, begin.seq + 1, to)) {
      const facts = readLine(line);
      const follows = facts?.chain === chain && facts.seq === last.seq + 1 && facts.prev === last.hash;
      if (facts === undefined || !follows || !isIntact(line, facts)) return { damagedAt: last.seq + 1 };
      last = { seq: facts.seq, hash: facts.hash };
      if (groupEnds.has(facts.seq)) positions.push(last);
    }
    return last.seq === to ? { ends: positions } : { damagedAt: last.seq + 1 };
  }

  async #remove(chain: string, from: number, ends: readonly ChainPosition[]): Promise<RemovedRun> {
    const { store, log, signingKey, organization, clock } = this.#options;
    const { seq: to, hash } = ends.at(-1)!;
    const run = { chain, from, to, hash };
    const at = clock();
    const facts = { id: newId(at), at, organization, method: 'log.removed' };
    await log.append({ kind: 'event', ...facts }, { ...facts, event: 'log.removed', removed: run });
    for (const end of ends) await store.retention.remove(signRemoval(signingKey, chain, end, at));
    return run;
  }
}
