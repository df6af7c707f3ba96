import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Backend } from './backend.ts';
import { openBackend, storeOver } from './open-store.ts';
import { cover, DAY_MS, RANK_SPANS, Ranks } from './stats/ranks.ts';
import { onEveryDatabase, type TestDatabase } from './testing/databases.ts';
import { entrySample, headOf } from './testing/samples.ts';
import type { EntryRow, StatQuery, Store } from './types.ts';

const START = 100 * 64 * DAY_MS;
const DAYS = 70;
/** Some thousand rows by single statements on a machine that does other work. */
const PATIENCE = { timeout: 120_000 };
const NOW = START + DAYS * DAY_MS + 7_200_000;

function callSample(seq: number): EntryRow {
  return entrySample('c', seq, {
    at: START + Math.floor((seq * DAYS) / 1_400) * DAY_MS + (seq % 24) * 3_600_000,
    server: `server-${seq % 3}`,
    tool: `tool-${(seq * seq) % 11}`,
  });
}

async function filledStore(
  database: TestDatabase,
): Promise<{ backend: Backend; store: Store; rows: EntryRow[] }> {
  const backend = await openBackend(await database.url());
  const store = await storeOver(backend, () => NOW);
  onTestFinished(() => store.close());
  const rows = Array.from({ length: 1_400 }, (_, seq) => callSample(seq));
  await store.entries.insertBatch('c', rows, [], headOf('c', rows.length));
  return { backend, store, rows };
}

/** The order that counting one by one gives. */
function ranked(rows: readonly EntryRow[], { from, to, server, hidden }: StatQuery): unknown[] {
  const calls = new Map<string, number>();
  for (const row of rows) {
    const at = row.at - (row.at % DAY_MS);
    const isWanted = (server ?? row.server) === row.server && !hidden.includes(row.server!);
    const key = JSON.stringify({ server: row.server, key: row.tool });
    if (at >= from && at < to && isWanted) calls.set(key, (calls.get(key) ?? 0) + 1);
  }
  return [...calls]
    .toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .map(([key]) => JSON.parse(key) as unknown);
}

const all: StatQuery = { organization: 'org-1', span: DAY_MS, from: START, to: NOW, hidden: [] };
const queries: StatQuery[] = [
  all,
  { ...all, from: START + 3 * DAY_MS, to: START + 69 * DAY_MS + 1 },
  { ...all, server: 'server-1' },
  { ...all, hidden: ['server-2'] },
];

async function packs({ db }: Backend): Promise<string[]> {
  const rows = await db.selectFrom('callRanks').selectAll().where('dimension', '=', 'tool').execute();
  return rows.map(({ span, bucket }) => `${span / DAY_MS}@${(bucket - START) / DAY_MS}`);
}

await onEveryDatabase('what has the most calls', (database) => {
  it('is the same from packs and from sums, and read from packs', PATIENCE, async () => {
    const { backend, store, rows } = await filledStore(database);
    const expectRight = async (): Promise<void> => {
      for (const query of queries)
        expect(await store.stats.top(query, 'tool', 500)).toEqual(ranked(rows, query));
    };
    await expectRight();
    expect(await packs(backend)).toEqual([]);
    await Promise.all([store.upkeep(NOW), store.upkeep(NOW)]);
    expect((await packs(backend)).filter((place) => !place.startsWith('1@')).toSorted()).toEqual(
      [
        '16@0',
        '16@16',
        '16@32',
        '16@48',
        '64@0',
        ...Array.from({ length: 17 }, (_, n) => `4@${4 * n}`),
      ].toSorted(),
    );
    await expectRight();
    await backend.db
      .updateTable('callRanks')
      .set({ packed: '[]' })
      .where('span', '=', RANK_SPANS[3]!)
      .execute();
    expect(await store.stats.top(all, 'tool', 500)).not.toEqual(ranked(rows, all));
  });

  it('counts what arrives late, and forgets what is pruned', PATIENCE, async () => {
    const { backend, store, rows } = await filledStore(database);
    await store.upkeep(NOW);
    const late = { ...callSample(10), seq: 9_000, tool: 'late' };
    await store.entries.insertBatch('c', [late], [], headOf('c', 9_000));
    expect(await packs(backend)).not.toContain('64@0');
    expect(await store.stats.top(all, 'tool', 500)).toEqual(ranked([...rows, late], all));
    await store.upkeep(NOW);
    expect(await packs(backend)).toContain('64@0');
    expect(await store.stats.top(all, 'tool', 500)).toEqual(ranked([...rows, late], all));
    const keepMs = NOW - START - 10 * DAY_MS;
    await store.stats.prune(NOW, keepMs);
    const left = rows.filter(({ at }) => at - (at % DAY_MS) >= START + 10 * DAY_MS);
    expect(await store.stats.top(all, 'tool', 500)).toEqual(ranked(left, all));
    await store.upkeep(NOW);
    expect(await store.stats.top(all, 'tool', 500)).toEqual(ranked(left, all));
    expect((await packs(backend)).filter((place) => /^\d+@[0-9]$/.test(place))).toEqual([]);
  });
});

it('packs and stretches hold every day of a range once', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.integer({ min: 1, max: 200 }),
      fc.func(fc.boolean()),
      (first, length, packed) => {
        const [from, to] = [first * DAY_MS, (first + length) * DAY_MS];
        const { packs: found, stretches } = cover(from, to, ({ span, bucket }) => packed(span, bucket));
        const parts = [
          ...found.map(({ span, bucket }) => ({ from: bucket, to: bucket + span })),
          ...stretches,
        ];
        let end = from;
        for (const part of parts.toSorted((a, b) => a.from - b.from)) {
          expect(part.from).toBe(end);
          end = part.to;
        }
        expect(end).toBe(to);
        for (const { span, bucket } of found) expect(packed(span, bucket)).toBe(true);
      },
    ),
  );
});

it('ranks of equal calls have one order', () => {
  const ranks = new Ranks();
  for (const [server, value] of [
    ['b', 'x'],
    ['a', 'y'],
    ['a', 'x'],
  ] as const)
    ranks.add(server, value, 2);
  ranks.add('c', 'z', 3);
  expect(ranks.first(3).map(({ server, value }) => server + value)).toEqual(['cz', 'ax', 'ay']);
});
