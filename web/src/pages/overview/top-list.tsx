import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { statsQuery, type Stats, type StatRange } from '../../api/queries/stats.ts';
import { shortNumber } from '../../lib/number-text.ts';
import { Card } from '../../ui/card.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

const MOST = 8;

/** What was called or denied most. */
export function TopList({
  title,
  by,
  range,
}: {
  readonly title: string;
  readonly by: 'tool' | 'rule';
  readonly range: StatRange;
}) {
  const stats = useQuery(statsQuery(range, { by, top: 50 }));
  return (
    <Card title={title}>
      <Shown query={stats} what="The statistics could not be read">
        {(found) => <Bars rows={totalsOf(found, by)} by={by} />}
      </Shown>
    </Card>
  );
}

function Bars({
  rows,
  by,
}: {
  readonly rows: readonly (readonly [string, number])[];
  readonly by: 'tool' | 'rule';
}) {
  if (rows.length === 0)
    return (
      <p className="text-soft">
        {by === 'tool' ? 'No calls in this time.' : 'Nothing was denied in this time.'}
      </p>
    );
  const top = rows[0]![1];
  return (
    <ol className="space-y-1.5">
      {rows.map(([name, count]) => (
        <li key={name} className="relative overflow-hidden rounded px-2 py-1 text-[0.8125rem]">
          <span
            aria-hidden
            className={`absolute inset-y-0 left-0 rounded ${by === 'tool' ? 'bg-info/15' : 'bg-bad/15'}`}
            style={{ width: `${(count / top) * 100}%` }}
          />
          <Link
            to="/log"
            search={{ [by]: name }}
            className="relative flex justify-between gap-3 hover:underline"
          >
            <Untrusted text={name} most={120} className="truncate font-mono" />
            <span className="tabular-nums">{shortNumber(count)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

function totalsOf({ series }: Stats, by: 'tool' | 'rule'): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const { key, calls, denied } of series)
    totals.set(key, (totals.get(key) ?? 0) + (by === 'tool' ? calls : denied));
  return [...totals]
    .filter(([key, count]) => key !== '' && count > 0)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST);
}
