/**
 * Which blocks retention may take, oldest first over all chains: those too old, and more while the log is too large. Never
 * past the last signed checkpoint of a chain, and nothing that an open call or a waiting approval may still be read for.
 */
import type { BlockRange, ChainRow, Store } from '../store/index.ts';
import { checkpointText, isSignedBy } from './checkpoint.ts';
import { lastCheckpoint } from './last-checkpoint.ts';

export type RetentionStore = Pick<Store, 'entries' | 'chains' | 'retention' | 'approvals'>;

export interface RetentionLimits {
  /** Entries older than this go. */
  readonly keepMs?: number | undefined;
  /** Bytes of lines and search columns that the chains may have together. */
  readonly maxBytes?: number | undefined;
}

/** What goes of one chain. */
export interface PlannedRemoval {
  readonly chain: string;
  /** Last positions of its blocks, ascending. */
  readonly ends: readonly number[];
  readonly bytes: number;
}

interface Front {
  readonly chain: string;
  /** The last position that may go. */
  readonly bound: number;
  readonly ends: number[];
  bytes: number;
  waiting: BlockRange[];
  after: number;
}

/** Blocks of one plan; there may be another after it. */
const MOST = 512;
const AT_ONCE = 64;
const MEASURED = 1_000;

/** Counts the bytes of chains, each block once. */
export class LogSize {
  readonly #counted = new Map<string, { removedTo: number; after: number; bytes: number }>();

  /** @throws PortcullisError PC_STORE_UNAVAILABLE */
  async of(store: RetentionStore, chains: readonly ChainRow[]): Promise<number> {
    const removals = await store.retention.removals();
    let total = 0;
    for (const { chain } of chains) {
      const removedTo = removals.find((removal) => removal.chain === chain)?.upTo ?? 0;
      let known = this.#counted.get(chain);
      // Another process of this data directory has been at it.
      if (known?.removedTo !== removedTo)
        this.#counted.set(chain, (known = { removedTo, after: 0, bytes: 0 }));
      for (;;) {
        const blocks = await store.retention.blocks(chain, known.after, MEASURED);
        for (const { bytes } of blocks) known.bytes += bytes;
        known.after = blocks.at(-1)?.firstSeq ?? known.after;
        if (blocks.length < MEASURED) break;
      }
      total += known.bytes;
    }
    return total;
  }

  took({ chain, ends, bytes }: PlannedRemoval): void {
    const known = this.#counted.get(chain);
    if (known !== undefined)
      this.#counted.set(chain, { ...known, removedTo: ends.at(-1)!, bytes: known.bytes - bytes });
  }
}

/** @throws PortcullisError PC_STORE_UNAVAILABLE */
export async function planRemoval(
  store: RetentionStore,
  chains: readonly ChainRow[],
  limits: RetentionLimits,
  size: LogSize,
  now: number,
): Promise<readonly PlannedRemoval[]> {
  const { keepMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = limits;
  let bytes = Number.isFinite(maxBytes) ? await size.of(store, chains) : 0;
  const needed = (await store.approvals.oldestLive()) ?? Number.POSITIVE_INFINITY;
  const fronts: Front[] = [];
  for (const head of chains) {
    const bound = await boundOf(store, head);
    if (bound > 0) fronts.push({ chain: head.chain, bound, ends: [], bytes: 0, waiting: [], after: 0 });
  }
  for (let taken = 0; taken < MOST; taken += 1) {
    const oldest = await oldestFront(store, fronts, needed);
    const block = oldest?.waiting[0];
    if (oldest === undefined || block === undefined) break;
    if (block.atMax >= now - keepMs && bytes <= maxBytes) break;
    oldest.waiting.shift();
    oldest.ends.push(block.lastSeq);
    oldest.bytes += block.bytes;
    bytes -= block.bytes;
  }
  return fronts.filter(({ ends }) => ends.length > 0);
}

/** The last position that the newest checkpoint vouches for and no open call needs; 0 when there is none. */
async function boundOf(store: RetentionStore, { chain, seq, publicKey }: ChainRow): Promise<number> {
  const found = await lastCheckpoint(store, chain, seq);
  if (found?.upTo === undefined || found.head === undefined || found.openFrom === undefined) return 0;
  const text = checkpointText(chain, found.upTo, found.head);
  return isSignedBy(publicKey, text, found.signature ?? '') ? Math.min(found.upTo, found.openFrom - 1) : 0;
}

async function oldestFront(
  store: RetentionStore,
  fronts: readonly Front[],
  needed: number,
): Promise<Front | undefined> {
  let oldest: Front | undefined;
  for (const front of fronts) {
    if (front.waiting.length === 0 && front.after < front.bound) {
      front.waiting = await store.retention.blocks(front.chain, front.after, AT_ONCE);
      front.after = front.waiting.at(-1)?.firstSeq ?? front.bound;
    }
    const [block] = front.waiting;
    if (block === undefined || block.lastSeq > front.bound || block.atMax >= needed) continue;
    if (oldest === undefined || block.atMax < oldest.waiting[0]!.atMax) oldest = front;
  }
  return oldest;
}
