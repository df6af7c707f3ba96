import { LARGEST_PAUSE_MS } from '../steady-time.ts';

/** An amount in one window or tick of a counter, as the database and the log have it. Times are ms since the epoch. */
export interface Bucket {
  readonly key: string;
  readonly bucket: number;
  readonly amount: number;
  readonly expires: number;
}

/**
 * The time that these buckets had reached, and the buckets as they count at `now`. After a clock that was wrong by more than a
 * day, those of the abandoned future keep the rest of their lives, as in steady-time.ts.
 */
export function carriedOver(
  buckets: readonly Bucket[],
  now: number,
): { readonly time: number; readonly buckets: readonly Bucket[] } {
  const latest = buckets.reduce((most, { bucket }) => Math.max(most, bucket), now);
  if (latest - now <= LARGEST_PAUSE_MS) return { time: latest, buckets };
  const moved = buckets.map((one) =>
    one.bucket > now ? { ...one, expires: one.expires + now - latest } : one,
  );
  return { time: now, buckets: moved.filter(({ expires }) => expires > now) };
}
