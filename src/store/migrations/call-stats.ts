/**
 * Sums of calls by minute, hour and day, so that charts over millions of calls read thousands of rows. `dimension` says by
 * what `value` divides a server's calls; '' are all of them, and 'all' those of every server together. Histogram columns count calls per latency bucket.
 */
import { HISTOGRAM_COLUMNS } from '../stats/histogram.ts';

export const callStats: readonly string[] = [
  `create table call_stats (
    span bigint not null,
    bucket bigint not null,
    organization text not null,
    server text not null,
    dimension text not null,
    value text not null,
    calls bigint not null,
    denied bigint not null,
    failed bigint not null,
    ${HISTOGRAM_COLUMNS.map((name) => `${name} bigint not null`).join(',\n    ')},
    primary key (organization, dimension, span, server, value, bucket)
  )`,
  // What has the most calls is read from the index alone.
  'create index call_stats_calls on call_stats (organization, dimension, span, bucket, server, value, calls)',
];
