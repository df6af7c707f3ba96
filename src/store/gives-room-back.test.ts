import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openedStore, scratchDirectory } from './testing/databases.ts';
import { headOf, insertRun } from './testing/samples.ts';

const removal = (upTo: number) => ({
  chain: 'c',
  upTo,
  hash: headOf('c', upTo).hash,
  at: 1,
  keyId: 'k',
  publicKey: 'pem',
  signature: 's',
});

it('a SQLite file becomes shorter when blocks are removed', { timeout: 60_000 }, async () => {
  const file = join(scratchDirectory(), 'portcullis.db');
  const store = await openedStore(`sqlite:${file}`);
  for (let first = 1; first <= 20_001; first += 1_000) await insertRun(store, 'c', first, first + 999);
  await store.entries.flush();
  const before = statSync(file).size;
  await store.retention.remove(removal(20_000));
  await store.retention.reclaim();
  await store.entries.flush();
  const after = statSync(file).size;
  expect(after).toBeLessThan(before / 3);
  // And what is written next fits into what is free.
  for (let first = 21_001; first <= 30_000; first += 1_000) await insertRun(store, 'c', first, first + 999);
  await store.retention.remove(removal(29_000));
  await store.retention.reclaim();
  await store.entries.flush();
  expect(statSync(file).size).toBeLessThan(before / 3);
});
