import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../call.ts';

/** Milliseconds; null without calls. */
export interface Latency {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface Sums {
  readonly calls: number;
  readonly denied: number;
  readonly failed: number;
  /** What the gateway added. */
  readonly overhead: Latency;
  /** What servers took. */
  readonly upstream: Latency;
}

export interface Stats {
  readonly from: string;
  readonly to: string;
  readonly intervalSeconds: number;
  readonly total: Sums;
  readonly points: readonly (Sums & { readonly at: string })[];
  /** Those with the most calls; empty without grouping. */
  readonly series: readonly (Sums & {
    readonly key: string;
    readonly points: readonly { readonly at: string; readonly calls: number; readonly denied: number }[];
  })[];
}

export interface StatRange {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export const statsQuery = (
  range: StatRange,
  grouping: { readonly by?: 'server' | 'grant' | 'tool' | 'rule' | 'outcome'; readonly top?: number } = {},
) =>
  queryOptions({
    queryKey: ['stats', range, grouping],
    queryFn: ({ signal }) =>
      call('GET /stats', { query: { from: String(range.from), to: String(range.to), ...grouping }, signal }),
    staleTime: 15_000,
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
