/** Sums of calls over a stretch of time, as charts and the command line show them. */
import { invalid } from '../registry/index.ts';
import type { Store } from '../store/index.ts';
import { chartOf, seriesSpanFor, spanFor } from './chart.ts';
import { timeText } from './shapes/values.ts';

/** What calls can be told apart by. */
export const STAT_DIMENSIONS = ['server', 'grant', 'tool', 'rule', 'outcome'] as const;
export type StatDimension = (typeof STAT_DIMENSIONS)[number];

export interface StatsRequest {
  readonly organization: string;
  /** Servers that do not exist for whoever asks. */
  readonly hidden: readonly string[];
  /** Ms since the epoch; a day before `to` unless given. */
  readonly from?: number | undefined;
  /** Ms since the epoch; now unless given. */
  readonly to?: number | undefined;
  readonly by?: StatDimension | undefined;
  /** Its id. */
  readonly server?: string | undefined;
  /** How many series at most. */
  readonly top?: number | undefined;
}

const DAY_MS = 86_400_000;
const SERIES = 20;

/** @throws PC_API_INVALID at /from, PC_STORE_UNAVAILABLE */
export async function readStats({ stats }: Pick<Store, 'stats'>, request: StatsRequest, now: number) {
  const { organization, hidden, server, to = now, from = to - DAY_MS, by, top = SERIES } = request;
  if (from >= to) throw invalid('/from', 'Expected a time before "to".');
  const scope = { organization, hidden, ...(server === undefined ? {} : { server }) };
  const within = (span: number) => ({ ...scope, span, from: from - (from % span), to });
  const fine = within(spanFor(from, to, now));
  // There are many more tools than points in time.
  const coarse = within(by === undefined ? fine.span : seriesSpanFor(from, to, now));
  const points = await stats.points(fine);
  const series = by === undefined ? [] : await stats.series(coarse, by, await stats.top(coarse, by, top));
  const chart = chartOf(points, series);
  return { from: timeText(from), to: timeText(to), intervalSeconds: fine.span / 1000, ...chart };
}
