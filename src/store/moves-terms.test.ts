import { expect, it, onTestFinished } from 'vitest';
import { moveTerms } from './log/move-terms.ts';
import { openBackend, storeOver } from './open-store.ts';
import type { Backend } from './backend.ts';
import { onEveryDatabase, type TestDatabase } from './testing/databases.ts';
import { entrySample, headOf, START } from './testing/samples.ts';
import type { EntryRow, Store } from './types.ts';

const ENTRIES = 3_000;

function logSample(): EntryRow[] {
  return Array.from({ length: ENTRIES }, (_, seq) =>
    entrySample('a', seq, {
      at: START + seq,
      grantId: `grant-${seq % 7}`,
      outcome: seq % 500 === 1 ? 'error' : 'allow',
    }),
  );
}

/** A log as the version before wrote it: found by `log_terms` alone. */
async function earlierLog(
  database: TestDatabase,
): Promise<{ backend: Backend; store: Store; rows: EntryRow[] }> {
  const backend = await openBackend(await database.url());
  const store = await storeOver(backend, () => START);
  onTestFinished(() => store.close());
  const rows = logSample();
  await store.entries.insertBatch('a', rows, [], headOf('a', ENTRIES));
  const found = await backend.db.selectFrom('logPostings').selectAll().execute();
  for (const { positions: _positions, ...term } of found)
    await backend.db.insertInto('logTerms').values(term).execute();
  await backend.db.deleteFrom('logPostings').execute();
  return { backend, store, rows };
}

async function countOf({ db }: Backend, table: 'logTerms' | 'logPostings'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

await onEveryDatabase('a log that an earlier version indexed', (database) => {
  it('gives the same pages before, while and after it moves, and moves in full', async () => {
    const { backend, store, rows } = await earlierLog(database);
    const filters = [
      {},
      { grant: 'grant-3', outcome: 'error' },
      { grant: 'grant-9' },
      { from: START + 2_900 },
    ];
    const pages = (): Promise<unknown[]> =>
      Promise.all(filters.map(async (filter) => (await store.entries.page(filter, { limit: 500 })).items));
    const before = await pages();
    expect(before[1]).toEqual(
      rows.filter(({ grantId, outcome }) => grantId === 'grant-3' && outcome === 'error').toReversed(),
    );
    const terms = await countOf(backend, 'logTerms');
    const halfway = new AbortController();
    const moving = moveTerms(backend, halfway.signal);
    while ((await countOf(backend, 'logPostings')) === 0);
    halfway.abort();
    await moving;
    const moved = await countOf(backend, 'logPostings');
    expect(moved).toBeLessThan(terms);
    expect(moved + (await countOf(backend, 'logTerms'))).toBe(terms);
    expect(await pages()).toEqual(before);
    await Promise.all([store.upkeep(START), moveTerms(backend)]);
    expect(await countOf(backend, 'logTerms')).toBe(0);
    expect(await countOf(backend, 'logPostings')).toBe(terms);
    expect(await pages()).toEqual(before);
  });

  it('is removed with its block, wherever it is found', async () => {
    const { backend, store } = await earlierLog(database);
    const removal = { chain: 'a', hash: 'h', at: START, keyId: 'k', publicKey: 'p', signature: 's' };
    await store.retention.remove({ ...removal, upTo: 2_499 });
    expect((await store.entries.page({ outcome: 'error' }, {})).items.map(({ seq }) => seq)).toEqual([2_501]);
    await store.upkeep(START);
    await store.retention.remove({ ...removal, upTo: ENTRIES });
    expect([await countOf(backend, 'logTerms'), await countOf(backend, 'logPostings')]).toEqual([0, 0]);
  });
});
