import { lazy, Suspense } from 'react';
import type { StatRange, Stats } from '../../api/queries/stats.ts';
import { Card } from '../../ui/card.tsx';
import { Loading } from '../../ui/loading.tsx';

const Plot = lazy(() => import('./plot.tsx').then(({ Plot }) => ({ default: Plot })));

/** Calls and times over the chosen span. */
export function Charts({ stats, range }: { readonly stats: Stats; readonly range: StatRange }) {
  const { points } = stats;
  const times = points.map(({ at }) => new Date(at).getTime() / 1000);
  const levels = (name: 'overhead' | 'upstream') => [
    { label: 'p50', tone: 'good', values: points.map((point) => point[name].p50) } as const,
    { label: 'p95', tone: 'warn', values: points.map((point) => point[name].p95) } as const,
    { label: 'p99', tone: 'bad', values: points.map((point) => point[name].p99) } as const,
  ];
  const calls = [
    { label: 'Calls', tone: 'info', values: points.map((point) => point.calls) } as const,
    { label: 'Denied', tone: 'bad', values: points.map(({ denied }) => denied) } as const,
    { label: 'Failed', tone: 'warn', values: points.map(({ failed }) => failed) } as const,
  ];
  return (
    <Suspense fallback={<Loading what="Drawing…" />}>
      <Card title="Calls">
        <Plot bars label="Calls over time" range={range} times={times} series={calls} />
      </Card>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="Added by the gateway (ms)">
          <Plot
            label="Milliseconds added by the gateway"
            range={range}
            times={times}
            series={levels('overhead')}
          />
        </Card>
        <Card title="Taken by servers (ms)">
          <Plot
            label="Milliseconds taken by servers"
            range={range}
            times={times}
            series={levels('upstream')}
          />
        </Card>
      </div>
    </Suspense>
  );
}
