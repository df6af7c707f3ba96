/** The statement that adds sums to the table, for both databases. */
import { HISTOGRAM_COLUMNS } from './histogram.ts';
import type { StatChange } from './stat-sums.ts';

const COUNTED = ['calls', 'denied', 'failed', ...HISTOGRAM_COLUMNS];
export const STAT_COLUMNS = ['span', 'bucket', 'organization', 'server', 'dimension', 'value', ...COUNTED];

const ADDED = COUNTED.map((name) => `${name} = call_stats.${name} + excluded.${name}`).join(', ');

/** @param places the values, such as `(?, ?)` */
export function addStatsSql(places: string): string {
  return `insert into call_stats (${STAT_COLUMNS.join(', ')}) values ${places}
    on conflict (organization, dimension, span, bucket, server, value) do update set ${ADDED}`;
}

export function statValues(change: StatChange): (string | number)[] {
  const { span, bucket, organization, server, dimension, value, calls, denied, failed, counts } = change;
  return [span, bucket, organization, server, dimension, value, calls, denied, failed, ...counts];
}
