import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { entrySample, headOf } from './testing/samples.ts';
import { OVERHEAD_BOUNDS, percentile, UPSTREAM_BOUNDS } from './stats/histogram.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000 - (1_800_000_000_000 % 86_400_000);

await onEveryDatabase('sums of calls', (database) => {
  it('count each decision once, by every dimension', async () => {
    const store = await freshStore(database);
    const rows = [
      entrySample('c', 1, { at: START, overheadMs: 0.3, upstreamMs: 40 }),
      entrySample('c', 2, { at: START + 70_000, outcome: 'deny', rule: '/tools/send', overheadMs: 0.3 }),
      entrySample('c', 3, { at: START + HOUR, server: 'server-2', outcome: 'error' }),
      entrySample('c', 4, { at: START, kind: 'event' }),
      entrySample('c', 5, { at: START, organization: 'org-2' }),
    ];
    await store.entries.insertBatch('c', rows, [], headOf('c', 5));
    await store.entries.insertBatch('c', rows, [], headOf('c', 5));
    const query = { organization: 'org-1', span: HOUR, from: START, to: START + 2 * HOUR, hidden: [] };
    const points = await store.stats.points(query);
    expect(points.map(({ bucket, calls, denied, failed }) => [bucket, calls, denied, failed])).toEqual([
      [START, 2, 1, 0],
      [START + HOUR, 1, 0, 1],
    ]);
    const seen = await store.stats.points({ ...query, hidden: ['server-1'] });
    expect(seen.map(({ calls }) => calls)).toEqual([1]);
    const servers = await store.stats.top(query, 'server', 9);
    expect(servers.map(({ key }) => key)).toEqual(['server-1', 'server-2']);
    expect(await store.stats.top({ ...query, hidden: ['server-2'] }, 'server', 9)).toHaveLength(1);
    expect((await store.stats.top(query, 'outcome', 9)).map(({ key }) => key)).toEqual([
      'allow',
      'deny',
      'error',
    ]);
    const rule = { server: 'server-1', key: '/tools/send' };
    expect(await store.stats.top(query, 'rule', 9)).toContainEqual(rule);
    const unknown = { server: 'server-1', key: '/none' };
    const series = await store.stats.series(query, 'rule', [unknown, rule]);
    expect(
      series.map(({ key, total, points }) => [key, total.calls, points.map(({ calls }) => calls)]),
    ).toEqual([
      ['/none', 0, []],
      ['/tools/send', 1, [1]],
    ]);
    const outcomes = await store.stats.series(query, 'outcome', [{ server: null, key: 'deny' }]);
    expect(outcomes).toMatchObject([{ total: { calls: 1, denied: 1 } }]);
    const [busy, other] = await store.stats.series(query, 'server', servers);
    const [first] = await store.stats.points({ ...query, server: 'server-1' });
    expect(busy!.points[0]).toMatchObject({ bucket: first!.bucket, calls: first!.calls });
    expect(other!.total.calls).toBe(1);
    expect(percentile(OVERHEAD_BOUNDS, first!.overhead, 0.5)).toBeCloseTo(0.275);
    expect(percentile(UPSTREAM_BOUNDS, busy!.total.upstream, 0.99)).toBeGreaterThan(20);
    const minutes = await store.stats.points({ ...query, span: 60_000 });
    expect(minutes.map(({ bucket }) => (bucket - START) / 60_000)).toEqual([0, 1, 60]);
    await store.stats.prune(START + 3 * 86_400_000);
    expect(await store.stats.points({ ...query, span: 60_000 })).toEqual([]);
    expect(await store.stats.points(query)).toHaveLength(2);
    const days = { ...query, span: 86_400_000, from: 0 };
    expect(await store.stats.points(days)).not.toEqual([]);
    await store.stats.prune(START + 3 * 86_400_000, 86_400_000);
    expect([...(await store.stats.points(query)), ...(await store.stats.points(days))]).toEqual([]);
  });
});

it('percentiles of nothing are unknown, and those beyond the last bound are at least it', () => {
  expect(percentile([1, 2], [0, 0, 0], 0.5)).toBeNull();
  expect(percentile([1, 2], [0, 0, 9], 0.5)).toBe(2);
});
