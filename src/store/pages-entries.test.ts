import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import type { TestDatabase } from './testing/databases.ts';
import { entrySample, headOf, START } from './testing/samples.ts';
import type { EntryFilter } from './page-types.ts';
import type { EntryRow, Store } from './types.ts';

/** Three chains, ties in time, and few enough values that filters overlap. */
function sampleLog(): EntryRow[] {
  return ['a', 'b', 'c'].flatMap((chain, c) =>
    Array.from({ length: 40 }, (_, seq) =>
      entrySample(chain, seq, {
        at: START + Math.floor(seq / 3),
        organization: c === 2 ? 'org-2' : 'org-1',
        server: seq % 7 === 0 ? null : `server-${seq % 2}`,
        grantId: `grant-${seq % 5}`,
        tool: seq % 3 === 0 ? 'send' : 'read',
        outcome: seq % 4 === 0 ? 'deny' : 'allow',
        kind: seq % 10 === 0 ? 'intent' : 'decision',
      }),
    ),
  );
}

async function storeWithLog(database: TestDatabase): Promise<{ store: Store; log: EntryRow[] }> {
  const [store, log] = [await freshStore(database), sampleLog()];
  for (const chain of ['a', 'b', 'c']) {
    const rows = log.filter((row) => row.chain === chain);
    await store.entries.insertBatch(chain, rows, [], headOf(chain, rows.length));
  }
  return { store, log };
}

function newestFirst(a: EntryRow, b: EntryRow): number {
  return b.at - a.at || b.seq - a.seq || (a.chain < b.chain ? 1 : -1);
}

function matches(filter: EntryFilter): (row: EntryRow) => boolean {
  const {
    organization,
    server,
    grant,
    tool,
    outcome,
    kind,
    from = 0,
    to = Number.POSITIVE_INFINITY,
  } = filter;
  const wanted = Object.entries({ organization, server, grantId: grant, tool, outcome, kind });
  return (row) =>
    row.at >= from &&
    row.at < to &&
    wanted.every(([name, value]) => value === undefined || row[name as keyof EntryRow] === value);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const some = <Value>(...values: Value[]): fc.Arbitrary<Value | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const filters = fc
  .record({
    organization: some('org-1', 'org-2'),
    server: some('server-0', 'server-1'),
    grant: some('grant-0', 'grant-3'),
    tool: some('send', 'nothing'),
    outcome: some('deny'),
    kind: some('intent', 'decision'),
    from: some(START + 2, START + 5),
    to: some(START + 5, START + 12),
  })
  .map(
    (filter) =>
      Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as EntryFilter,
  );

await onEveryDatabase('paging the log', (database) => {
  it('gives every matching entry once, newest first, whatever the filter and the size of the page', async () => {
    const { store, log } = await storeWithLog(database);
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 60 }), async (filter, limit) => {
        const found: EntryRow[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const page = await store.entries.page(filter, {
            limit,
            ...(cursor === undefined ? {} : { cursor }),
          });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          found.push(...page.items);
          cursor = page.nextCursor;
        }
        expect(found).toEqual(log.filter(matches(filter)).toSorted(newestFirst));
      }),
      { numRuns: 60 },
    );
  });

  it('is not disturbed by entries that arrive between two pages', async () => {
    const { store, log } = await storeWithLog(database);
    const first = await store.entries.page({}, { limit: 50 });
    await store.entries.insertBatch('d', [entrySample('d', 1, { at: START + 9_999 })], [], headOf('d', 1));
    const second = await store.entries.page({}, { limit: 500, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items]).toEqual(log.toSorted(newestFirst));
  });

  it('finds what is rare in a log longer than one stretch', async () => {
    const store = await freshStore(database);
    const rows = Array.from({ length: 9_000 }, (_, seq) =>
      entrySample('a', seq, { tool: seq === 5 || seq === 8_000 ? 'rare' : 'send' }),
    );
    await store.entries.insertBatch('a', rows, [], headOf('a', 8_999));
    const page = await store.entries.page({ tool: 'rare', grant: 'grant-1', server: 'server-1' }, {});
    expect(page.items.map(({ seq }) => seq)).toEqual([8_000, 5]);
    expect(page.nextCursor).toBeNull();
  });

  it('gives all entries of one call, oldest first', async () => {
    const store = await freshStore(database);
    const rows = [
      entrySample('a', 1, { id: 'x', kind: 'intent' }),
      entrySample('a', 2),
      entrySample('a', 3, { id: 'x' }),
    ];
    await store.entries.insertBatch('a', rows, [], headOf('a', 3));
    expect(await store.entries.get('x')).toEqual([rows[0], rows[2]]);
    expect(await store.entries.get('unknown')).toEqual([]);
  });

  it('refuses a cursor that it did not give, and a limit out of range', async () => {
    const store = await freshStore(database);
    const forged = [
      '',
      'x',
      '!!!',
      encode([1, 2]),
      encode([1, '2', 'a']),
      encode([2 ** 60, 2, 'a']),
      encode([1.5, 2, 'a']),
      encode([1, 2, 'a', 3]),
      encode([1, 2, 'a\0']),
      `${encode([1, 2, 'a'])}=`,
    ];
    for (const cursor of forged)
      await expect(store.entries.page({}, { cursor })).rejects.toMatchObject({
        code: 'PC_API_INVALID',
        problems: [{ pointer: '/cursor' }],
      });
    await expect(store.events.page('org-1', { cursor: 'x' })).rejects.toMatchObject({
      code: 'PC_API_INVALID',
    });
    for (const limit of [0, 501, 1.5, Number.NaN])
      await expect(store.entries.page({}, { limit })).rejects.toMatchObject({
        code: 'PC_API_INVALID',
        problems: [{ pointer: '/limit' }],
      });
  });

  it('pages the admin audit of one organization', async () => {
    const store = await freshStore(database);
    const event = { actor: 'alice', action: 'grant.revoke', subject: 'g', detail: { was: [1, null, 'x'] } };
    const all = Array.from({ length: 7 }, (_, n) => ({
      ...event,
      id: `e${n}`,
      at: START + Math.floor(n / 3),
      organizationId: 'org-1',
    }));
    for (const row of all) await store.events.insert(row);
    await store.events.insert({ ...event, id: 'other', at: START, organizationId: 'org-2' });
    const first = await store.events.page('org-1', { limit: 4 });
    const second = await store.events.page('org-1', { limit: 4, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items]).toEqual(all.toReversed());
    expect(second.nextCursor).toBeNull();
  });
});
