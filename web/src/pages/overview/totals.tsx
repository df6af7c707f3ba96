import type { Latency, Sums } from '../../api/queries/stats.ts';
import { durationText, shortNumber } from '../../lib/number-text.ts';

export function Totals({ total }: { readonly total: Sums }) {
  const { calls, denied, failed, overhead, upstream } = total;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-3 lg:grid-cols-5">
      <Fact name="Calls" value={shortNumber(calls)} />
      <Fact name="Denied" value={shortNumber(denied)} colour={denied > 0 ? 'text-bad' : ''} />
      <Fact name="Failed" value={shortNumber(failed)} colour={failed > 0 ? 'text-warn' : ''} />
      <Fact name="Added by the gateway" value={middle(overhead)} below={ends(overhead)} />
      <Fact name="Taken by servers" value={middle(upstream)} below={ends(upstream)} />
    </dl>
  );
}

function Fact({
  name,
  value,
  below = '',
  colour = '',
}: {
  readonly name: string;
  readonly value: string;
  readonly below?: string;
  readonly colour?: string;
}) {
  return (
    <div className="bg-panel px-4 py-3 last:max-sm:col-span-2">
      <dt className="text-[0.8125rem] text-soft">{name}</dt>
      <dd className={`text-2xl font-semibold tracking-tight tabular-nums ${colour}`}>{value}</dd>
      {below !== '' && <dd className="text-xs text-soft tabular-nums">{below}</dd>}
    </div>
  );
}

function middle({ p50 }: Latency): string {
  return p50 === null ? '–' : durationText(p50);
}

function ends({ p50, p95, p99 }: Latency): string {
  if (p50 === null || p95 === null || p99 === null) return 'no calls that were measured';
  return `p50 · p95 ${durationText(p95)} · p99 ${durationText(p99)}`;
}
