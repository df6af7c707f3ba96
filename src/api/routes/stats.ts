import { z } from 'zod';
import { invalid, requireServer } from '../../registry/index.ts';
import { route } from '../contract.ts';
import { chartOf, seriesSpanFor, spanFor } from '../chart.ts';
import { time, timeQuery, timeText } from '../shapes/values.ts';

const latency = z
  .strictObject({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() })
  .meta({
    id: 'Latency',
    description: 'Milliseconds, to within a bucket of a histogram; null without calls',
  });
const sums = {
  calls: z.int(),
  denied: z.int(),
  failed: z.int(),
  overhead: latency.meta({ description: 'What the gateway added' }),
  upstream: latency.meta({ description: 'What the server took' }),
};

export const statRoutes = [
  route(
    {
      method: 'GET',
      path: '/stats',
      role: 'viewer',
      summary: 'Calls, denials and latencies over time',
      query: z.strictObject({
        from: timeQuery.optional().meta({ description: 'A day ago unless given' }),
        to: timeQuery.optional().meta({ description: 'Now unless given' }),
        by: z.enum(['server', 'grant', 'tool', 'rule', 'outcome']).optional(),
        server: z.string().max(256).optional().meta({ description: 'Id or slug' }),
        top: z.coerce.number().int().min(1).max(200).optional().meta({ description: '20 unless given' }),
      }),
      status: 200,
      answer: z.strictObject({
        from: time,
        to: time,
        intervalSeconds: z.int(),
        total: z.strictObject(sums),
        points: z.array(z.strictObject({ at: time, ...sums })),
        series: z
          .array(
            z.strictObject({
              key: z.string().meta({ description: 'Id, name, rule or outcome, as `by` says' }),
              server: z.string().nullable().meta({ description: 'null for an outcome' }),
              ...sums,
              points: z.array(z.strictObject({ at: time, calls: z.int(), denied: z.int() })),
            }),
          )
          .meta({ description: 'Those with the most calls; empty without `by`' }),
      }),
    },
    async ({ services: { registry, settled }, query }) => {
      await settled();
      const now = registry.now();
      const { to = now, from = to - 86_400_000, by, top = 20 } = query;
      if (from >= to) throw invalid('/from', 'Expected a time before "to".');
      const server =
        query.server === undefined ? undefined : (await requireServer(registry, query.server)).id;
      const { organization, store, hidden } = registry;
      const scope = { organization, hidden: [...hidden], ...(server === undefined ? {} : { server }) };
      const within = (span: number) => ({ ...scope, span, from: from - (from % span), to });
      const fine = within(spanFor(from, to, now));
      // There are many more tools than points in time.
      const coarse = within(by === undefined ? fine.span : seriesSpanFor(from, to, now));
      const points = await store.stats.points(fine);
      const series =
        by === undefined ? [] : await store.stats.series(coarse, by, await store.stats.top(coarse, by, top));
      const chart = chartOf(points, series);
      return {
        body: { from: timeText(from), to: timeText(to), intervalSeconds: fine.span / 1000, ...chart },
      };
    },
  ),
];
