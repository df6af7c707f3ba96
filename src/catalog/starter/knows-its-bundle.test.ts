import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../../store/index.ts';
import { openCatalog } from '../library/open-catalog.ts';
import { STARTER_DIGEST } from './digest.ts';
import { loadStarter } from './load-starter.ts';
import { readStarter } from './read-starter.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore('sqlite::memory:');
});
afterEach(() => store.close());

it('names the bundled index by what it holds, so that a start can tell without reading it', async () => {
  const servers = JSON.stringify(await readStarter());
  expect(STARTER_DIGEST).toBe(createHash('sha256').update(servers).digest('hex'));
});

it('gives way after each server, and goes on at the next start where it was stopped', async () => {
  const catalog = openCatalog(store);
  const stop = new AbortController();
  let pauses = 0;
  const giveWay = async (): Promise<void> => {
    if (++pauses === 3) stop.abort();
  };
  expect(await loadStarter(store, catalog, { signal: stop.signal, giveWay })).toBe(3);
  expect((await catalog.size()).servers).toBe(3);

  const whole = (await readStarter()).length;
  expect(await loadStarter(store, catalog)).toBe(whole);
  expect((await catalog.size()).servers).toBe(whole);
  expect(await loadStarter(store, catalog)).toBe(0);
});
