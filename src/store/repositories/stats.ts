/** Reads the sums in three small questions: SQLite takes its time with wide rows, so few of them leave it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Access } from '../changes.ts';
import { HISTOGRAM_COLUMNS, OVERHEAD_COLUMNS } from '../stats/histogram.ts';
import { cover, DAY_MS, RANKED, Ranks, type Ranked } from '../stats/ranks.ts';
import type { Db } from '../schema.ts';
import type { StatDimension, StatKey, StatQuery, StatSeries, StatSums, Store } from '../types.ts';

/** Minutes are kept for two days, hours for sixty: older charts are drawn by days. */
const KEPT_MS: readonly (readonly [span: number, ms: number])[] = [
  [60_000, 2 * 86_400_000],
  [3_600_000, 60 * 86_400_000],
  [86_400_000, Number.POSITIVE_INFINITY],
];

/** Rows that go at a time, about. */
const REMOVED = 2_000;

/** PostgreSQL adds up 8-byte numbers as decimals, which takes most of the time of a chart. They are exact up to 2^53. */
const summed = (names: readonly string[]): RawBuilder<unknown> =>
  sql.raw(names.map((name) => `sum(cast(${name} as double precision)) as ${name}`).join(', '));
const COUNTS = summed(['calls', 'denied', 'failed']);
const HISTOGRAMS = summed(HISTOGRAM_COLUMNS);

type Summed = Readonly<Record<string, string | number>>;

export function stats({ db, write }: Access): Store['stats'] {
  return {
    async points(query) {
      const { rows } = await sql<Summed>`
        select bucket, ${COUNTS}, ${HISTOGRAMS} from call_stats
        where ${inScope(query, wholeOrOne(query))} group by bucket order by bucket`.execute(db);
      return rows.map((row) => ({ bucket: Number(row['bucket']), ...sumsOf([row]) }));
    },

    async top(query, dimension, most) {
      if (isRanked(dimension)) {
        const ranks = await ranksOf(db, query, dimension);
        return ranks.first(most).map(({ server, value }) => ({ server, key: value }));
      }
      // An outcome is the same on every server.
      const group = sql.raw(dimension === 'server' ? 'server' : 'value');
      const stored = dimension === 'server' ? '' : dimension;
      const { rows } = await sql<{ readonly key: string }>`
        select ${group} as key, sum(calls) as calls from call_stats
        where ${inScope(query, stored)} group by ${group} order by sum(calls) desc, 1 limit ${most}`.execute(
        db,
      );
      return rows.map(({ key }) => ({ server: dimension === 'server' ? key : null, key }));
    },

    async series(query, dimension, keys) {
      if (keys.length === 0) return [];
      if (dimension === 'outcome') return outcomeSeries(db, query, keys);
      const stored = dimension === 'server' ? '' : dimension;
      const values = keys.map(
        ({ server, key }, place) =>
          sql`(${sql.lit(place)}, ${server ?? ''}, ${dimension === 'server' ? '' : key})`,
      );
      // One key after the other, each by the index: a key may have a handful of a million sums.
      const sums = (columns: RawBuilder<unknown>, order: RawBuilder<unknown>) =>
        sql<Summed>`
          with wanted (place, wanted_server, wanted_value) as (values ${sql.join(values)})
          select place, ${columns} from wanted cross join call_stats
          where ${inScope(query, stored)} and server = wanted_server and value = wanted_value
          group by ${order} order by ${order}`.execute(db);
      const totals = await sums(sql`${COUNTS}, ${HISTOGRAMS}`, sql`place`);
      const points = await sums(sql`bucket, sum(calls) as calls, sum(denied) as denied`, sql`place, bucket`);
      return keys.map((key, place) => ({
        ...key,
        total: sumsOf(totals.rows.filter((row) => Number(row['place']) === place)),
        points: pointsOf(points.rows.filter((row) => Number(row['place']) === place)),
      }));
    },

    async prune(now, keepMs = Number.POSITIVE_INFINITY) {
      for (const [span, ms] of KEPT_MS) {
        const before = now - Math.min(ms, keepMs);
        if (!Number.isFinite(before)) continue;
        while (await removeSome(write, span, before)) await nextTurn();
      }
    },
  };
}

/** The oldest that are too old, whole spans of time at once; whether there were any. */
async function removeSome(write: Access['write'], span: number, before: number): Promise<boolean> {
  return write(async (tx) => {
    const { rows } = await sql<{ readonly bucket: number }>`
      select bucket from call_stats where span = ${span} and bucket < ${before}
      order by bucket limit ${REMOVED}`.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) return false;
    if (span === DAY_MS) await tx.deleteFrom('callRanks').where('bucket', '<=', last.bucket).execute();
    await sql`delete from call_stats where span = ${span} and bucket <= ${last.bucket}`.execute(tx);
    return true;
  });
}

/** Calls of every value: of packed days at once, of the others from the sums. */
async function ranksOf(db: Db, query: StatQuery, dimension: Ranked): Promise<Ranks> {
  const { organization, span, from, to, server, hidden } = query;
  const ranks = new Ranks();
  let stretches = [{ from, to }];
  if (span === DAY_MS) {
    const packed = db
      .selectFrom('callRanks')
      .where('organization', '=', organization)
      .where('dimension', '=', dimension);
    const known = await packed.select(['span', 'bucket']).execute();
    const covered = cover(Math.ceil(from / DAY_MS) * DAY_MS, to, ({ span: ms, bucket }) =>
      known.some((place) => place.span === ms && place.bucket === bucket),
    );
    ({ stretches } = covered);
    for (const place of covered.packs) {
      const row = await packed
        .select('packed')
        .where('span', '=', place.span)
        .where('bucket', '=', place.bucket)
        .executeTakeFirst();
      const isWanted = (id: string): boolean =>
        (server === undefined || id === server) && !hidden.includes(id);
      if (row === undefined) stretches.push({ from: place.bucket, to: place.bucket + place.span });
      else ranks.addPacked(row.packed, isWanted);
      await nextTurn();
    }
  }
  for (const stretch of stretches) {
    const { rows } = await sql<{ readonly server: string; readonly value: string; readonly calls: number }>`
      select server, value, sum(calls) as calls from call_stats
      where ${inScope({ ...query, ...stretch }, dimension)} group by server, value`.execute(db);
    for (const row of rows) ranks.add(row.server, row.value, Number(row.calls));
  }
  return ranks;
}

function isRanked(dimension: StatDimension): dimension is Ranked {
  return (RANKED as readonly string[]).includes(dimension);
}

/** Sums over all servers are kept as well; they count only for those who see all. */
function wholeOrOne({ server, hidden }: StatQuery): '' | 'all' {
  return server === undefined && hidden.length === 0 ? 'all' : '';
}

function inScope(
  { organization, span, from, to, server, hidden }: StatQuery,
  dimension: string,
): RawBuilder<unknown> {
  const parts = [
    sql`organization = ${organization} and dimension = ${dimension} and span = ${span}`,
    sql`bucket >= ${from} and bucket < ${to}`,
    ...(server === undefined ? [] : [sql`server = ${server}`]),
    ...(hidden.length === 0 ? [] : [sql`server not in (${sql.join(hidden)})`]),
  ];
  return sql.join(parts, sql` and `);
}

/** There are few outcomes, each of every server: their sums are read once. */
async function outcomeSeries(db: Db, query: StatQuery, keys: readonly StatKey[]): Promise<StatSeries[]> {
  const values = sql.join(keys.map(({ key }) => key));
  const { rows } = await sql<Summed>`
    select value, bucket, ${COUNTS}, ${HISTOGRAMS} from call_stats
    where ${inScope(query, 'outcome')} and value in (${values})
    group by value, bucket order by bucket`.execute(db);
  return keys.map((key) => {
    const own = rows.filter((row) => row['value'] === key.key);
    return { ...key, total: sumsOf(own), points: pointsOf(own) };
  });
}

function pointsOf(rows: readonly Summed[]): StatSeries['points'] {
  return rows.map((row) => ({
    bucket: Number(row['bucket']),
    calls: Number(row['calls']),
    denied: Number(row['denied']),
  }));
}

function sumsOf(rows: readonly Summed[]): StatSums {
  const of = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
  const counts = HISTOGRAM_COLUMNS.map(of);
  return {
    calls: of('calls'),
    denied: of('denied'),
    failed: of('failed'),
    overhead: counts.slice(0, OVERHEAD_COLUMNS.length),
    upstream: counts.slice(OVERHEAD_COLUMNS.length),
  };
}
