/**
 * Every minute: removes what the log may no longer hold, and every hour sums that no chart draws; then prepares what
 * makes answers quick. What cannot be done now is
 * tried again a minute later; calls are served meanwhile.
 */
import { Retention, type DecisionLog } from '../audit/index.ts';
import type { Logger } from '../gateway/index.ts';
import { recordEvent } from '../registry/index.ts';
import { loadSigningKey } from '../store/index.ts';
import type { Environment } from './environment.ts';
import type { Installation } from './installation.ts';

const EVERY_MS = 60_000;
const STATS_EVERY = 60;
const ACTOR = { name: 'retention', source: 'config' } as const;

export interface BoundedLog {
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
}

export function keepLogBounded(
  { retention: limits }: Pick<Environment, 'retention'>,
  { home, store, registry }: Installation,
  log: Pick<DecisionLog, 'append'>,
  logger: Logger,
  everyMs = EVERY_MS,
): BoundedLog {
  const closing = new AbortController();
  const retention = new Retention({
    ...limits,
    store,
    log,
    signingKey: loadSigningKey(home),
    organization: registry.organization,
    clock: registry.now,
  });
  const isBounded = limits.keepMs !== undefined || limits.maxBytes !== undefined;
  let passes = 0;
  let tending: Promise<void> | undefined;
  const pass = async (): Promise<void> => {
    const isHourly = passes++ % STATS_EVERY === 0;
    if (isHourly) tending ??= tend().finally(() => (tending = undefined));
    if (isHourly) await store.stats.prune(registry.now(), limits.keepMs);
    if (isBounded) await removeOldest();
  };
  // May take its time after an update; retention goes on meanwhile.
  const tend = async (): Promise<void> => {
    try {
      await store.upkeep(registry.now(), closing.signal);
    } catch (error) {
      logger.warn({ error: String(error) }, 'indexes of the log could not be brought up to date');
    }
  };
  const removeOldest = async (): Promise<void> => {
    const { removed, damaged } = await retention.run(closing.signal);
    for (const { chain, from, to, hash } of removed) {
      logger.info({ chain, from, to }, 'retention removed entries of the decision log');
      await recordEvent(registry, ACTOR, 'log.remove', chain, { from, to, hash });
    }
    for (const found of damaged)
      logger.error(found, 'retention removes nothing of a chain that was tampered with; see "log verify"');
  };
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      await pass();
    } catch (error) {
      logger.warn({ error: String(error) }, 'retention could not do its work');
    }
    if (!closing.signal.aborted) lookIn(everyMs);
  };
  const lookIn = (ms: number): void => {
    timer = setTimeout(() => (running = look()), ms).unref();
  };
  lookIn(Math.min(everyMs, EVERY_MS / 6));
  return {
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
      await tending;
    },
  };
}
