/**
 * Makes the counters of an epoch from the sums of the database. Every node that has ever counted here and has not said goodbye is
 * waited for: its log is in the database before it takes part. One that does not come within the bound is dead or cut off.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../store/index.ts';
import { carriedOver, type Bucket } from './bucket.ts';
import type { Answer } from './connection.ts';
import { ACTIVATE, ADD, KEEP_BUILDING } from './epoch-scripts.ts';
import type { Keys } from './keys.ts';
import type { Script } from './script.ts';
import { NoAnswer } from './trouble.ts';

export type RebuildStore = Pick<Store, 'nodes' | 'counters' | 'chains'>;

export interface RebuildOptions {
  readonly keys: Keys;
  readonly store: RebuildStore;
  readonly node: string;
  readonly epoch: string;
  /** Asks with time, epoch and run in front. */
  readonly ask: (script: Script, keys: readonly string[], args: readonly string[]) => Promise<Answer>;
  /** The time of Redis, and of this machine. */
  readonly now: number;
  readonly clock: () => number;
  readonly waitMs: number;
}

/** Names nodes that count together, beside the rows that say which configuration a node acts on. */
export const PRESENCE = 'counters ';
/** How long a builder may be silent before another one begins. */
export const BUILD_MS = 10_000;
const LOOK_MS = 50;
const CHUNK = 200;

/** @throws NoAnswer, PC_STORE_UNAVAILABLE: then the epoch stays unfinished */
export async function rebuild(options: RebuildOptions): Promise<void> {
  const { keys, store, node, epoch, ask, now, clock } = options;
  const missing = await gathered(options);
  // What counts by one clock must not be deleted by another.
  const rows = await whileBuilding(options, store.counters.load(Math.min(now, clock())));
  const { time, buckets } = carriedOver(
    rows.filter(({ amount }) => amount > 0),
    now,
  );
  await addBuckets(buckets, keys, epoch, ask, () => keepBuilding(options));
  expect(await ask(ACTIVATE, [keys.builder, keys.nodes], [node, String(time)]), 'active');
  for (const id of missing) await store.nodes.remove(PRESENCE + id);
}

/** @throws NoAnswer when the epoch is not being built any more */
export async function addBuckets(
  buckets: readonly Bucket[],
  keys: Keys,
  epoch: string,
  ask: RebuildOptions['ask'],
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (let from = 0; from < buckets.length; from += CHUNK) {
    const chunk = buckets.slice(from, from + CHUNK);
    const answer = await ask(
      ADD,
      chunk.flatMap(({ key }) => keys.window(epoch, key)),
      chunk.flatMap(({ bucket, expires, amount }) => [String(bucket), String(expires), String(amount)]),
    );
    expect(answer, 'added');
    await between();
  }
}

/** Resolves with the nodes that did not come. */
async function gathered(options: RebuildOptions): Promise<readonly string[]> {
  const { store, epoch, waitMs } = options;
  let until: number | undefined;
  for (;;) {
    const noted = await keepBuilding(options);
    const present = await store.nodes.ids(PRESENCE);
    until ??= performance.now() + waitMs;
    const missing = present
      .map((id) => id.slice(PRESENCE.length))
      .filter((id) => noted.get(id)?.startsWith(`${epoch}:`) !== true);
    if (missing.length === 0 || performance.now() >= until) return missing;
    await sleep(LOOK_MS);
  }
}

/** Keeps other nodes from beginning anew while something long goes on. */
async function whileBuilding<Result>(options: RebuildOptions, work: Promise<Result>): Promise<Result> {
  const renewal = setInterval(() => void keepBuilding(options).catch(() => {}), BUILD_MS / 4);
  try {
    return await work;
  } finally {
    clearInterval(renewal);
  }
}

async function keepBuilding({ keys, node, ask }: RebuildOptions): Promise<ReadonlyMap<string, string>> {
  const [state, ...noted] = await ask(KEEP_BUILDING, [keys.builder, keys.nodes], [node, String(BUILD_MS)]);
  expect([state ?? ''], 'building');
  const names = noted.filter((_, place) => place % 2 === 0);
  return new Map(names.map((name, place) => [name, noted[2 * place + 1] ?? '']));
}

export function expect([state]: Answer, wanted: string): void {
  if (state !== wanted) throw new NoAnswer('the counts are being rebuilt by another node');
}
