import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../store/index.ts';
import type { CatalogWriter } from '../library/types.ts';
import { STARTER_DIGEST } from './digest.ts';

const LOADED = 'catalog.starter';

export interface StarterPace {
  /** Stops between two servers; the next start goes on. */
  readonly signal: AbortSignal;
  /** Waited for after each server. @param tookMs what it took */
  readonly giveWay: (tookMs: number) => Promise<unknown>;
}

/**
 * Puts the bundled index into the catalogue, once for each bundle. What another source said of the same servers stays.
 * @returns how many servers it put
 * @throws PC_STORE_UNAVAILABLE; the next start goes on
 */
export async function loadStarter(
  store: Pick<Store, 'settings'>,
  catalog: CatalogWriter,
  pace?: StarterPace,
): Promise<number> {
  if ((await store.settings.get(LOADED)) === STARTER_DIGEST) return 0;
  const { readStarter } = await import('./read-starter.ts');
  const servers = await readStarter();
  for (const [index, server] of servers.entries()) {
    if (pace?.signal.aborted === true) return index;
    const began = performance.now();
    // What a crash undoes, the next start does again, because what follows lasts: that all of it is there.
    await catalog.put([server], false);
    await (pace?.giveWay(performance.now() - began) ?? nextTurn());
  }
  await store.settings.set(LOADED, STARTER_DIGEST);
  return servers.length;
}
