/** Counters of nodes that share a Redis and a database, for the tests of this folder. */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { CounterRow } from '../../store/index.ts';
import type { SharedCounters, Taken } from '../types.ts';
import { parseRedisUrl } from './address.ts';
import { openSharedCounters } from './open-shared-counters.ts';
import type { RebuildStore } from './rebuild.ts';

/** What the nodes have in common beside Redis: the sums of their logs, and who is there. */
export class Common {
  readonly installation = randomBytes(6).toString('hex');
  readonly rows = new Map<string, CounterRow>();
  readonly present = new Set<string>();
  /** Times that the sums were read. */
  loads = 0;
  /** Ms since the epoch. */
  now: number | undefined;
  readonly store: RebuildStore = {
    counters: {
      load: async () => {
        this.loads++;
        return [...this.rows.values()];
      },
    },
    nodes: {
      announce: async ({ id }) => void this.present.add(id),
      remove: async (id) => void this.present.delete(id),
      ids: async () => [...this.present],
      confirmed: () => Promise.resolve(true),
    },
    chains: { list: () => Promise.resolve([]), get: () => Promise.resolve(undefined) },
  };

  /** As a log that has reached the database. */
  write(taken: readonly Taken[], sign = 1): void {
    for (const { key, bucket, amount, expires } of taken) {
      const name = `${key} ${bucket}`;
      const before = this.rows.get(name)?.amount ?? 0;
      this.rows.set(name, { key, bucket, amount: before + sign * amount, expires });
    }
  }
}

export interface NodeOptions {
  readonly startedAt?: number;
  readonly settled?: () => Promise<void>;
  readonly told?: (trouble: string | undefined) => void;
}

/** One node; counts when it resolves, or after 5 s. */
export async function openNode(
  common: Common,
  url: string,
  node: string,
  options: NodeOptions = {},
): Promise<SharedCounters> {
  const address = parseRedisUrl(url);
  if (address === undefined) throw new Error(`not an address of Redis: ${url}`);
  const counters = openSharedCounters({
    address,
    installation: common.installation,
    byKey: createSecretKey(Buffer.alloc(32)),
    store: common.store,
    node,
    startedAt: options.startedAt ?? 0,
    settled: options.settled ?? (() => Promise.resolve()),
    clock: () => common.now ?? Date.now(),
    told: options.told ?? (() => {}),
    ...(common.now === undefined ? {} : { time: () => common.now as number }),
  });
  await counters.opened(5000);
  return counters;
}
