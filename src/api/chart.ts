/** Sums of calls as charts show them. Pure. */
import {
  OVERHEAD_BOUNDS,
  percentile,
  UPSTREAM_BOUNDS,
  type StatPoint,
  type StatSeries,
  type StatSums,
} from '../store/index.ts';
import { timeText } from './shapes/values.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ms of one point: at most a few hundred points, and no finer than what is still kept. */
export function spanFor(from: number, to: number, now: number): number {
  if (to - from <= 6 * HOUR && now - from < 2 * DAY) return MINUTE;
  return to - from <= 14 * DAY && now - from < 60 * DAY ? HOUR : DAY;
}

/** The same for series, of which there may be thousands to choose the first from. */
export function seriesSpanFor(from: number, to: number, now: number): number {
  const span = spanFor(from, to, now);
  return span === HOUR && to - from > 2 * DAY ? DAY : span;
}

export function chartOf(points: readonly StatPoint[], series: readonly StatSeries[]) {
  return {
    total: shown(added(points)),
    points: points.map(({ bucket, ...sums }) => ({ at: timeText(bucket), ...shown(sums) })),
    series: series.map(({ server, key, total, points: own }) => ({
      key,
      server,
      ...shown(total),
      points: own.map(({ bucket, calls, denied }) => ({ at: timeText(bucket), calls, denied })),
    })),
  };
}

function added(sums: readonly StatSums[]): StatSums {
  const total = {
    calls: 0,
    denied: 0,
    failed: 0,
    overhead: Array.from({ length: OVERHEAD_BOUNDS.length + 1 }, () => 0),
    upstream: Array.from({ length: UPSTREAM_BOUNDS.length + 1 }, () => 0),
  };
  for (const { calls, denied, failed, overhead, upstream } of sums) {
    total.calls += calls;
    total.denied += denied;
    total.failed += failed;
    for (const [index, count] of overhead.entries()) total.overhead[index]! += count;
    for (const [index, count] of upstream.entries()) total.upstream[index]! += count;
  }
  return total;
}

function shown({ calls, denied, failed, overhead, upstream }: StatSums) {
  return {
    calls,
    denied,
    failed,
    overhead: latency(OVERHEAD_BOUNDS, overhead),
    upstream: latency(UPSTREAM_BOUNDS, upstream),
  };
}

function latency(bounds: readonly number[], counts: readonly number[]) {
  const at = (share: number): number | null => percentile(bounds, counts, share);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
