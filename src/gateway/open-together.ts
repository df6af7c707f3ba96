/** Counters of all nodes. Redis may be out of reach at a start: then calls with limits are refused until it is there. */
import type { KeyObject } from 'node:crypto';
import type { OpenedDecisionLog } from '../audit/index.ts';
import { loadShared, type RedisAddress, type SharedCounters } from '../limits/index.ts';
import { derivedKey, type Store } from '../store/index.ts';
import type { Clock, Logger } from './core.ts';

export interface TogetherParts {
  readonly log: OpenedDecisionLog;
  readonly chain: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly byKey: KeyObject;
  readonly derivationKey: Buffer;
}

/** How long a start waits for counters that are in reach. */
const PATIENCE_MS = 2000;

export async function openTogether(redis: RedisAddress, parts: TogetherParts): Promise<SharedCounters> {
  const { log, chain, store, clock, logger, byKey, derivationKey } = parts;
  const { openSharedCounters } = await loadShared();
  const together = openSharedCounters({
    address: redis,
    // All nodes that can open the same secrets count together.
    installation: derivedKey(derivationKey, 'portcullis redis keys').toString('base64url').slice(0, 16),
    byKey,
    store,
    node: chain,
    startedAt: log.recovery.head.seq,
    settled: () => log.settled(),
    clock: () => clock.now(),
    told: (trouble) => {
      if (trouble === undefined) logger.info({}, 'limits are counted in Redis, by all nodes together');
      else logger.warn({ trouble }, 'limits cannot be counted: calls with limits are refused');
    },
  });
  await together.opened(PATIENCE_MS);
  return together;
}
