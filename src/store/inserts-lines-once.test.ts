import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { entrySample, headOf, insertRun } from './testing/samples.ts';
import type { EntryRow } from './types.ts';

async function collect(rows: AsyncIterable<EntryRow>): Promise<EntryRow[]> {
  const all: EntryRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

await onEveryDatabase('inserting log entries', (database) => {
  it('keeps lines exactly, in the order of the chain', async () => {
    const store = await freshStore(database);
    const rows = [1, 2, 3].map((seq) => entrySample('c', seq, { server: seq === 2 ? null : 'server-1' }));
    await store.entries.insertBatch('c', rows, [], headOf('c', 3));
    expect(await collect(store.entries.read('c'))).toEqual(rows);
    expect(await collect(store.entries.read('c', 2, 2))).toEqual([rows[1]]);
    expect(await store.chains.get('c')).toEqual(headOf('c', 3));
    expect(await store.chains.list()).toEqual([headOf('c', 3)]);
    expect(await store.chains.get('other')).toBeUndefined();
  });

  it('skips lines that are there already, with their counter changes', async () => {
    const store = await freshStore(database);
    await insertRun(store, 'c', 1, 3);
    await insertRun(store, 'c', 1, 3);
    await insertRun(store, 'c', 2, 5);
    expect(await store.counters.load(0)).toEqual([{ key: 'k', bucket: 0, amount: 5, expires: 9e15 }]);
    expect(await collect(store.entries.read('c'))).toHaveLength(5);
  });

  it('never moves the head of a chain back', async () => {
    const store = await freshStore(database);
    await insertRun(store, 'c', 1, 5);
    await insertRun(store, 'c', 1, 3);
    expect(await store.chains.get('c')).toEqual(headOf('c', 5));
  });

  it('counts what the distinct lines say, however they are cut into batches and repeated', async () => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b'),
      bucket: fc.integer({ min: 0, max: 2 }),
      amount: fc.integer({ min: -3, max: 9 }),
    });
    const plan = fc.record({
      lines: fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 12 }),
      batches: fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 12 })), {
        minLength: 1,
        maxLength: 6,
      }),
    });
    const store = await freshStore(database);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ lines, batches }) => {
        const chain = `c${run++}`;
        const seen = new Set<number>();
        for (const [from, length] of batches) {
          const seqs = lines.map((_, seq) => seq).slice(from, from + length);
          for (const seq of seqs) seen.add(seq);
          const deltas = seqs.flatMap((seq) =>
            (lines[seq] ?? []).map((delta) => ({
              ...delta,
              key: `${chain}/${delta.key}`,
              seq,
              expires: 9e15,
            })),
          );
          const rows = seqs.map((seq) => entrySample(chain, seq));
          await store.entries.insertBatch(chain, rows, deltas, headOf(chain, seqs.at(-1) ?? 0));
        }
        const expected = new Map<string, number>();
        for (const seq of seen)
          for (const { key, bucket, amount } of lines[seq] ?? [])
            expected.set(
              `${chain}/${key}@${bucket}`,
              (expected.get(`${chain}/${key}@${bucket}`) ?? 0) + amount,
            );
        const counted = (await store.counters.load(0)).filter(({ key }) => key.startsWith(`${chain}/`));
        expect(new Map(counted.map((row) => [`${row.key}@${row.bucket}`, row.amount]))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a batch larger than a statement, and lets other work run meanwhile', async () => {
    const store = await freshStore(database);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await insertRun(store, 'c', 1, 10_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    expect(await collect(store.entries.read('c'))).toHaveLength(10_000);
    expect((await store.counters.load(0))[0]?.amount).toBe(10_000);
  });

  it('stores an entry whose names hold U+0000, and finds it', async () => {
    const store = await freshStore(database);
    const row = entrySample('c', 1, { tool: 'se\0nd', id: 'x\0y', method: '\0' });
    await store.entries.insertBatch('c', [row], [], headOf('c', 1));
    expect((await store.entries.page({ tool: 'se\0nd' }, {})).items.map(({ line }) => line)).toEqual([
      row.line,
    ]);
    expect(await store.entries.get('x\0y')).toHaveLength(1);
  });

  it('forgets counters whose time is over', async () => {
    const store = await freshStore(database);
    const delta = { seq: 1, key: 'k', amount: 0.5 };
    const deltas = [
      { ...delta, bucket: 1, expires: 100 },
      { ...delta, bucket: 2, expires: 101 },
    ];
    await store.entries.insertBatch('c', [entrySample('c', 1)], deltas, headOf('c', 1));
    expect(await store.counters.load(100)).toEqual([{ key: 'k', bucket: 2, amount: 0.5, expires: 101 }]);
    expect(await store.counters.load(0)).toHaveLength(1);
  });

  it('refuses a batch that mixes chains', async () => {
    const store = await freshStore(database);
    await expect(store.entries.insertBatch('c', [entrySample('d', 1)], [], headOf('c', 1))).rejects.toThrow(
      'chain',
    );
  });
});
