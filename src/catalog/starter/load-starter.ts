import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../store/index.ts';
import type { CatalogWriter } from '../library/types.ts';
import { readStarter } from './read-starter.ts';

const LOADED = 'catalog.starter';
/** Servers of one transaction: others wait for it. */
const SLICE = 4;

/**
 * Puts the bundled index into the catalogue, once for each bundle. What another source said of the same servers stays.
 * @returns how many servers it put
 * @throws PC_STORE_UNAVAILABLE; the next start goes on
 */
export async function loadStarter(
  store: Pick<Store, 'settings'>,
  catalog: CatalogWriter,
  signal?: AbortSignal,
): Promise<number> {
  const servers = await readStarter();
  const digest = createHash('sha256').update(JSON.stringify(servers)).digest('hex');
  if ((await store.settings.get(LOADED)) === digest) return 0;
  for (let start = 0; start < servers.length; start += SLICE) {
    if (signal?.aborted === true) return start;
    await catalog.put(servers.slice(start, start + SLICE));
    await nextTurn();
  }
  await store.settings.set(LOADED, digest);
  return servers.length;
}
