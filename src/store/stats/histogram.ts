/** Latencies as counts per bucket: they can be added, and percentiles are read from them to within a bucket. Pure. */

/** Upper bounds in ms; the last bucket has none. */
export const OVERHEAD_BOUNDS = [0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 25, 100] as const;
export const UPSTREAM_BOUNDS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 15_000, 60_000,
] as const;

const columns = (letter: string, bounds: readonly number[]): readonly string[] =>
  Array.from({ length: bounds.length + 1 }, (_, index) => `${letter}${index}`);

export const OVERHEAD_COLUMNS = columns('o', OVERHEAD_BOUNDS);
const UPSTREAM_COLUMNS = columns('u', UPSTREAM_BOUNDS);
export const HISTOGRAM_COLUMNS = [...OVERHEAD_COLUMNS, ...UPSTREAM_COLUMNS];

/** The bucket that a latency falls into. */
export function bucketOf(bounds: readonly number[], ms: number): number {
  const found = bounds.findIndex((bound) => ms <= bound);
  return found === -1 ? bounds.length : found;
}

/** The latency in ms that a share of calls (0 to 1) stays within; null without calls. In the open last bucket its lower bound. */
export function percentile(
  bounds: readonly number[],
  counts: readonly number[],
  share: number,
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let before = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && before + count >= wanted) {
      const low = index === 0 ? 0 : bounds[index - 1]!;
      const high = bounds[index] ?? low;
      return low + ((high - low) * (wanted - before)) / count;
    }
    before += count;
  }
  return bounds.at(-1)!;
}
