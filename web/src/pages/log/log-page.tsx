import { useMemo, useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { decisionsQuery, type DecisionFilter } from '../../api/queries/decisions.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Shown } from '../../ui/shown.tsx';
import { DecisionDrawer } from './decision-drawer.tsx';
import { DecisionList } from './decision-list.tsx';
import { ExportMenu } from './export-menu.tsx';
import { LogFilters } from './log-filters.tsx';
import { queryOf } from './log-filter.ts';
import { useLiveDecisions } from './use-live-decisions.ts';

/** Decisions as they are made, above those of before. The address holds the filter, so it can be shared. */
export function LogPage() {
  const search = useSearch({ from: '/shell/log' });
  const navigate = useNavigate({ from: '/log' });
  const [paused, setPaused] = useState(false);
  const settled = useSettled(JSON.stringify(queryOf(search)));
  const query = useMemo(() => JSON.parse(settled) as DecisionFilter, [settled]);
  const past = useInfiniteQuery(decisionsQuery(query));
  const { live, connected } = useLiveDecisions(
    query,
    !paused && search.to === undefined,
    // What was decided while nobody listened.
    () => void past.refetch(),
  );
  const known = new Set<string>();
  const all = [...live, ...(past.data?.pages.flatMap(({ items }) => items) ?? [])]
    .filter((decision) => {
      if (known.has(decision.id)) return false;
      known.add(decision.id);
      return true;
    })
    .toSorted((one, other) => other.at - one.at);
  const open = (call: string | undefined): void => {
    const { call: _, ...others } = search;
    void navigate({ search: call === undefined ? others : { ...others, call }, replace: call === undefined });
  };
  return (
    <>
      <PageHeader
        title="Live log"
        description="Every decision: what was called, what was decided, and why. Values of arguments are never kept."
        actions={
          <>
            <span role="status" className="flex items-center gap-1.5 text-[0.8125rem] text-soft">
              <span aria-hidden className={`size-2 rounded-full ${connected ? 'bg-good' : 'bg-edge'}`} />
              {connected ? 'Live' : paused ? 'Paused' : 'Not live'}
            </span>
            <Button onClick={() => setPaused(!paused)}>
              {paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
              {paused ? 'Go on' : 'Pause'}
            </Button>
            <ExportMenu query={query} />
          </>
        }
      />
      <Card flush>
        <LogFilters />
        <Shown query={past} what="The log could not be read">
          {() => (
            <DecisionList
              decisions={all}
              onOpen={open}
              more={past.hasNextPage ? () => void past.fetchNextPage() : undefined}
              loading={past.isFetchingNextPage}
            />
          )}
        </Shown>
      </Card>
      {search.call !== undefined && <DecisionDrawer id={search.call} onClose={() => open(undefined)} />}
    </>
  );
}
