import type { CounterChange } from '../backend.ts';

type Change = Omit<CounterChange, 'seq'>;

/**
 * One change per counter bucket. Ordered by key and bucket: two processes that change the same counters then lock them in
 * the same order.
 */
export function sumChanges(changes: readonly Change[]): readonly Change[] {
  const sums = new Map<string, Map<number, { amount: number; expires: number }>>();
  for (const { key, bucket, amount, expires } of changes) {
    let buckets = sums.get(key);
    if (buckets === undefined) sums.set(key, (buckets = new Map()));
    const sum = buckets.get(bucket);
    if (sum === undefined) buckets.set(bucket, { amount, expires });
    else {
      sum.amount += amount;
      sum.expires = Math.max(sum.expires, expires);
    }
  }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, buckets]) =>
      [...buckets].toSorted(([a], [b]) => a - b).map(([bucket, sum]) => ({ key, bucket, ...sum })),
    );
}
