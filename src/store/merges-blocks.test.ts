import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Backend } from './backend.ts';
import { encodeBlocks } from './log/encode-blocks.ts';
import { groupsOf, type BlockPlace } from './log/merge-blocks.ts';
import { packLines, unpackLines } from './log/packed-lines.ts';
import { openBackend, storeOver } from './open-store.ts';
import { onEveryDatabase, type TestDatabase } from './testing/databases.ts';
import { entrySample, headOf, START } from './testing/samples.ts';
import type { EntryFilter } from './page-types.ts';
import type { EntryRow, Store } from './types.ts';

const ENTRIES = 1_200;
const HOUR = 3_600_000;
const LATER = START + 24 * HOUR;
const PATIENCE = { timeout: 120_000 };

/** A log as a quiet process writes it: blocks of two entries, the last ones just now. */
async function quietLog(
  database: TestDatabase,
  checkpoint = ENTRIES - 4,
): Promise<{ backend: Backend; store: Store; rows: EntryRow[] }> {
  const backend = await openBackend(await database.url());
  const store = await storeOver(backend, () => START);
  onTestFinished(() => store.close());
  const rows = Array.from({ length: ENTRIES }, (_, seq) =>
    entrySample('a', seq, {
      kind: seq === checkpoint ? 'checkpoint' : 'decision',
      id: `call-${seq >> 1}`,
      at: seq < ENTRIES - 10 ? START + seq * 30_000 : LATER - ENTRIES + seq,
      grantId: `grant-${seq % 7}`,
      outcome: seq % 500 === 1 ? 'error' : 'allow',
    }),
  );
  const blocks = rows.flatMap((_, seq) => (seq % 2 === 0 ? encodeBlocks(rows.slice(seq, seq + 2)) : []));
  await backend.insertBlocks(blocks, headOf('a', ENTRIES - 1));
  return { backend, store, rows };
}

const filters: EntryFilter[] = [
  {},
  { grant: 'grant-3', outcome: 'error' },
  { grant: 'grant-9' },
  { from: START + 5 * HOUR, to: START + 6 * HOUR },
];

/** All that each filter finds, page by page: a page may end early on a busy machine. */
const pagesOf = (store: Store): Promise<string[][]> =>
  Promise.all(
    filters.map(async (filter) => {
      const lines: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await store.entries.page(filter, { limit: 500, ...(cursor ? { cursor } : {}) });
        lines.push(...page.items.map(({ line }) => line));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return lines;
    }),
  );

async function linesOf(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const { line } of store.entries.read('a')) lines.push(line);
  return lines;
}

const placesOf = ({ db }: Backend): Promise<BlockPlace[]> =>
  db.selectFrom('logBlocks').select(['firstSeq', 'lastSeq', 'atMin', 'atMax']).orderBy('firstSeq').execute();

await onEveryDatabase('small blocks', (database) => {
  it('become few, and nothing that is read changes', PATIENCE, async () => {
    const { backend, store, rows } = await quietLog(database);
    const stats = { organization: 'org-1', span: HOUR, from: START, to: LATER, hidden: [] };
    const sums = await store.stats.points(stats);
    const before = await pagesOf(store);
    await Promise.all([store.upkeep(LATER), store.upkeep(LATER)]);
    const places = await placesOf(backend);
    // The newest stay as they are, and what is put together spans hours, not days.
    expect(places.slice(-5).map(({ firstSeq, lastSeq }) => lastSeq - firstSeq)).toEqual([1, 1, 1, 1, 1]);
    expect(places.length).toBeLessThan(20);
    for (const { atMin, atMax } of places) expect(atMax - atMin).toBeLessThanOrEqual(6 * HOUR);
    expect(await pagesOf(store)).toEqual(before);
    expect(await store.stats.points(stats)).toEqual(sums);
    expect(await linesOf(store)).toEqual(rows.map(({ line }) => line));
    for (const seq of [0, 1, 700, ENTRIES - 1])
      expect((await store.entries.get(`call-${seq >> 1}`)).map(({ line }) => line)).toEqual(
        rows.slice(seq & ~1, (seq & ~1) + 2).map(({ line }) => line),
      );
    for (const table of ['logPostings', 'logIds'] as const) {
      const found = await backend.db.selectFrom(table).select('firstSeq').distinct().execute();
      expect(new Set(found.map(({ firstSeq }) => firstSeq))).toEqual(
        new Set(places.map(({ firstSeq }) => firstSeq)),
      );
    }
    await store.upkeep(LATER);
    expect(await placesOf(backend)).toEqual(places);
  });

  it('stay apart from the last checkpoint on, where retention may end', PATIENCE, async () => {
    const { backend, store } = await quietLog(database, 800);
    await store.upkeep(LATER);
    const places = await placesOf(backend);
    expect(places.filter(({ firstSeq }) => firstSeq < 800).length).toBeLessThan(4);
    expect(places.filter(({ firstSeq }) => firstSeq >= 800)).toHaveLength((ENTRIES - 800) / 2);
  });

  it('are read in full while they come together', PATIENCE, async () => {
    const { store, rows } = await quietLog(database);
    const before = await pagesOf(store);
    const lines = rows.map(({ line }) => line);
    const merging = store.upkeep(LATER);
    const over = new AbortController();
    void merging.finally(() => over.abort());
    let rounds = 0;
    try {
      while (!over.signal.aborted) {
        expect(await pagesOf(store)).toEqual(before);
        expect(await linesOf(store)).toEqual(lines);
        expect(await store.entries.get('call-300')).toHaveLength(2);
        rounds += 1;
      }
    } finally {
      await merging;
    }
    expect(rounds).toBeGreaterThan(0);
  });

  it('stay as they are where lines were changed, and where retention was meanwhile', PATIENCE, async () => {
    const { backend, store } = await quietLog(database);
    const { lines } = await backend.db
      .selectFrom('logBlocks')
      .select('lines')
      .where('firstSeq', '=', 100)
      .executeTakeFirstOrThrow();
    const [first] = unpackLines(lines).toString().split('\n');
    const damaged = packLines(Buffer.from(`${first}\n`));
    await backend.db.updateTable('logBlocks').set({ lines: damaged }).where('firstSeq', '=', 100).execute();
    await store.upkeep(LATER);
    const places = await placesOf(backend);
    expect(places.find(({ firstSeq }) => firstSeq === 100)?.lastSeq).toBe(101);
    const merged = places.find(({ firstSeq, lastSeq }) => lastSeq - firstSeq > 100)!;
    const removal = {
      chain: 'a',
      upTo: merged.lastSeq - 10,
      hash: 'x',
      at: LATER,
      keyId: 'k',
      publicKey: 'p',
      signature: 's',
    };
    await expect(store.retention.remove(removal as never)).rejects.toThrow(/not the last of its block/);
    expect(await placesOf(backend)).toEqual(places);
  });
});

it('groups are whole, in order, and no larger than a full block', () => {
  const block = fc.record({
    gap: fc.constantFrom(0, 0, 0, 1),
    size: fc.integer({ min: 1, max: 300 }),
    at: fc.nat(8 * HOUR),
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 50 }), (sizes) => {
      let next = 0;
      const blocks = sizes.map(({ gap, size, at }) => {
        const firstSeq = next + gap;
        next = firstSeq + size;
        return { firstSeq, lastSeq: next - 1, atMin: at, atMax: at + 1_000 };
      });
      const groups = groupsOf(blocks);
      expect(groups.flat()).toEqual(blocks);
      for (const group of groups) {
        const [first, last] = [group[0]!, group.at(-1)!];
        const entries = group.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
        expect(last.lastSeq - first.firstSeq + 1).toBe(entries);
        expect(group.length === 1 || entries <= 500).toBe(true);
        const [atMin, atMax] = [
          Math.min(...group.map((one) => one.atMin)),
          Math.max(...group.map((one) => one.atMax)),
        ];
        expect(group.length === 1 || atMax - atMin <= 6 * HOUR).toBe(true);
      }
    }),
  );
});
