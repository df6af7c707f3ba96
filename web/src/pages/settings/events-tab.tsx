import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { call } from '../../api/call.ts';
import type { AdminEvent } from '../../api/types.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { More } from '../../ui/more.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';

/** Who changed what. */
export function EventsTab() {
  const events = useInfiniteQuery({
    queryKey: ['events'],
    queryFn: ({ signal, pageParam }) =>
      call('GET /events', { query: { limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return (
    <Shown query={events} what="The events could not be read">
      {({ pages }) => {
        const all = pages.flatMap(({ items }) => items);
        return (
          <Card flush title="Admin events">
            {all.length === 0 ? (
              <EmptyState icon={History} title="Nothing was changed yet">
                Every change of servers, policies, grants, members and keys appears here with who made it.
              </EmptyState>
            ) : (
              <VirtualList
                label="Admin events"
                items={all}
                keyOf={({ id }) => id}
                estimate={44}
                row={(event) => <EventRow event={event} />}
              />
            )}
            <More query={events} />
          </Card>
        );
      }}
    </Shown>
  );
}

function EventRow({ event }: { readonly event: AdminEvent }) {
  const detail = detailText(event.detail);
  return (
    <div className="grid gap-x-4 px-4 py-2 text-[0.8125rem] md:grid-cols-[8rem_12rem_minmax(0,1fr)_minmax(0,1fr)]">
      <span className="text-soft">
        <TimeAgo time={event.at} />
      </span>
      <span className="font-medium">{event.action}</span>
      <Untrusted text={event.actor} most={120} />
      <Untrusted
        text={detail === '' ? event.subject : detail}
        most={200}
        className="font-mono text-xs text-soft"
      />
    </div>
  );
}

/** `name: Orgo · transport: http`; what is empty says nothing. */
function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
