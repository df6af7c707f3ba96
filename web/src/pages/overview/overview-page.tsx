import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import { statsQuery } from '../../api/queries/stats.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Attention } from './attention.tsx';
import { Begin } from './begin.tsx';
import { Charts } from './charts.tsx';
import { NearLimits } from './near-limits.tsx';
import { Readiness } from './readiness.tsx';
import { TopList } from './top-list.tsx';
import { Totals } from './totals.tsx';

const RANGES = [
  { value: 'hour', text: 'Hour', ms: 3_600_000 },
  { value: 'day', text: 'Day', ms: 86_400_000 },
  { value: 'week', text: 'Week', ms: 604_800_000 },
  { value: 'month', text: 'Month', ms: 2_592_000_000 },
] as const;

const MINUTE_MS = 60_000;

/** The end of the minute that runs, so that a page that stays open goes with the time. */
function useMinute(): number {
  const end = (): number => Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
  const [now, setNow] = useState(end);
  useEffect(() => {
    const timer = setInterval(() => setNow(end()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function OverviewPage() {
  const { range: chosen = 'day' } = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const span = RANGES.find(({ value }) => value === chosen) ?? RANGES[1];
  const now = useMinute();
  const range = { from: now - span.ms, to: now };
  const stats = useQuery(statsQuery(range));
  const inventory = useQuery(inventoryQuery());
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          <Segmented
            label="Time"
            value={span.value}
            segments={RANGES}
            onChange={(range) => void navigate({ search: { range }, replace: true })}
          />
        }
      />
      <div className="space-y-4">
        <Readiness />
        {inventory.data && <Begin items={inventory.data} />}
        <Shown query={stats} what="The statistics could not be read">
          {(found) => (
            <>
              <Totals total={found.total} />
              <Charts stats={found} range={range} />
              <div className="grid gap-4 lg:grid-cols-2">
                <TopList title="Most called tools" by="tool" range={range} />
                <TopList title="Rules that denied most" by="rule" range={range} />
              </div>
            </>
          )}
        </Shown>
        <div className="grid gap-4 lg:grid-cols-2">
          <Shown query={inventory} what="The configuration could not be read">
            {(items) => (
              <>
                <NearLimits items={items} />
                <Attention items={items} />
              </>
            )}
          </Shown>
        </div>
      </div>
    </>
  );
}
