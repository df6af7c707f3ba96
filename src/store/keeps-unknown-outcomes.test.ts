import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase, openedStore } from './testing/databases.ts';
import { START, steppedClock } from './testing/samples.ts';
import type { Store, UnknownOutcomeRow } from './types.ts';

const DAY = 86_400_000;

const sample = (more: Partial<UnknownOutcomeRow> = {}): UnknownOutcomeRow => ({
  key: 'k',
  id: 'first',
  serverId: 's',
  grantId: 'g',
  tool: 't',
  at: START,
  expiresAt: START + DAY,
  open: true,
  ...more,
});

const all = async ({ unknownOutcomes }: Store): Promise<readonly UnknownOutcomeRow[]> =>
  (await unknownOutcomes.changedSince(0)).rows;

await onEveryDatabase('calls whose answer was lost', (database) => {
  const fresh = (clock: () => number = steppedClock()) => freshStore(database, clock);

  it('are there for whoever asks for what is new, once', async () => {
    const store = await fresh();
    expect(await store.unknownOutcomes.changedSince(0)).toEqual({ change: 0, rows: [] });
    await store.unknownOutcomes.put([sample(), sample({ key: 'l', id: 'other' })]);
    const { change, rows } = await store.unknownOutcomes.changedSince(0);
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(sample());
    expect(await store.unknownOutcomes.changedSince(change)).toEqual({ change, rows: [] });
    await store.unknownOutcomes.put([sample({ id: 'second' })]);
    expect((await store.unknownOutcomes.changedSince(change)).rows).toEqual([sample({ id: 'second' })]);
    expect(await all(store)).toHaveLength(2);
  });

  it('are settled by a repeat of that call only, and stay settled when the same is put again', async () => {
    const store = await fresh();
    await store.unknownOutcomes.put([sample()]);
    await store.unknownOutcomes.put([sample({ id: 'another', open: false })]);
    expect(await all(store)).toEqual([sample()]);
    const settled = sample({ open: false });
    await store.unknownOutcomes.put([settled]);
    await store.unknownOutcomes.put([sample()]);
    expect(await all(store)).toEqual([settled]);
    await store.unknownOutcomes.put([sample({ id: 'later' })]);
    expect(await all(store)).toEqual([sample({ id: 'later' })]);
  });

  it('go when their time is over, and the oldest of a grant beyond a thousand', async () => {
    const clock = steppedClock();
    const store = await fresh(clock);
    await store.unknownOutcomes.put([sample({ grantId: 'other' })]);
    const many = Array.from({ length: 1005 }, (_, n) =>
      sample({ key: `k${n}`, id: `i${n}`, expiresAt: START + DAY + n }),
    );
    await store.unknownOutcomes.put(many);
    const kept = await all(store);
    expect(kept).toHaveLength(1001);
    expect(kept.map(({ key }) => key)).not.toContain('k4');
    clock.advance(DAY + 1004);
    expect(await all(store)).toEqual([]);
    const late = sample({ key: 'late', expiresAt: START + 3 * DAY });
    await store.unknownOutcomes.put([late]);
    expect(await all(store)).toEqual([late]);
  });

  it('are heard of by every process, and are no change of the configuration', async () => {
    const url = await database.url();
    const [here, there] = [await openedStore(url, steppedClock()), await openedStore(url, steppedClock())];
    const heard = new Promise<void>((resolve) => there.unknownOutcomes.onChange(resolve));
    const configured: number[] = [];
    there.onChange((revision) => configured.push(revision));
    await here.unknownOutcomes.put([sample()]);
    await heard;
    expect(await all(there)).toEqual([sample()]);
    expect(configured).toEqual([]);
    expect(await here.revision()).toBe(0);
  });

  it('wake listeners while those of the configuration come and go', async () => {
    const url = await database.url();
    const [here, there] = [await openedStore(url, steppedClock()), await openedStore(url, steppedClock())];
    const stop = there.onChange(() => {});
    const heard = new Promise<void>((resolve) => there.unknownOutcomes.onChange(resolve));
    stop();
    await here.unknownOutcomes.put([sample()]);
    await heard;
  });
});
