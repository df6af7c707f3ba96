import { InvalidArgumentError, type Command } from 'commander';
import { readStats, STAT_DIMENSIONS, type StatDimension } from '../../api/index.ts';
import { requireServer, type Registry } from '../../registry/index.ts';
import { countOf, timeOf } from '../arguments.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';
import { WRAPPED } from '../wrapped.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly by?: StatDimension;
  readonly server?: string;
  readonly top: number;
  readonly wrapped?: boolean;
  readonly json?: boolean;
}

export function logStats(group: Command, io: Io): void {
  group
    .command('stats')
    .description('calls, denials, failures and latencies over a time, and what had the most calls')
    .option('--from <time>', 'from then on (default: a day before the end)', timeOf)
    .option('--to <time>', 'before then (default: now)', timeOf)
    .option('--by <what>', STAT_DIMENSIONS.join(', '), dimensionOf)
    .option('--server <server>', 'only of this server: id or slug')
    .option('--top <count>', 'with --by: how many', countOf, 20)
    .option('--wrapped', 'calls through "portcullis wrap" in place of the gateway\u2019s')
    .option('--json', 'print JSON, with the course of time')
    .action(({ server, wrapped, json, ...options }: Options) =>
      withInstallation(io, async ({ registry, store }) => {
        const stats = await readStats(
          store,
          {
            ...options,
            organization: wrapped === true ? WRAPPED : registry.organization,
            hidden: [],
            server: server === undefined ? undefined : (await requireServer(registry, server)).id,
          },
          registry.now(),
        );
        if (json === true) return io.out(JSON.stringify(stats, null, 2));
        const rows = [{ ...stats.total, name: 'all' }];
        for (const series of stats.series)
          rows.push({ ...series, name: await nameOf(registry, options.by, series.key) });
        io.out(`${stats.from} to ${stats.to}`);
        printList(io, false, rows, [
          [options.by?.toUpperCase() ?? '', ({ name }) => name],
          ['CALLS', ({ calls }) => String(calls)],
          ['DENIED', ({ denied }) => String(denied)],
          ['FAILED', ({ failed }) => String(failed)],
          ['GATEWAY P50', ({ overhead }) => millis(overhead.p50)],
          ['P99', ({ overhead }) => millis(overhead.p99)],
          ['SERVER P50', ({ upstream }) => millis(upstream.p50)],
          ['P99', ({ upstream }) => millis(upstream.p99)],
        ]);
      }),
    );
}

/** A server's slug, a grant's label; what is gone, and everything else, as it is. */
async function nameOf({ store }: Registry, by: StatDimension | undefined, key: string): Promise<string> {
  const row =
    by === 'server'
      ? (await store.servers.get(key))?.slug
      : by === 'grant'
        ? (await store.grants.get(key))?.label
        : undefined;
  return row ?? (key === '' ? '(none)' : key);
}

function millis(value: number | null): string {
  return value === null ? '' : `${Number(value.toPrecision(3))} ms`;
}

function dimensionOf(text: string): StatDimension {
  const found = STAT_DIMENSIONS.find((one) => one === text);
  if (found === undefined) throw new InvalidArgumentError(`expected ${STAT_DIMENSIONS.join(', ')}`);
  return found;
}
