import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { call } from '../../api/call.ts';
import type { AdminEvent } from '../../api/types.ts';
import { agoText, exactText } from '../../lib/time-text.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { More } from '../../ui/more.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ExportEvents } from './export-events.tsx';

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
          <Card flush title="Admin events" actions={all.length > 0 && <ExportEvents />}>
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
    <div className="grid gap-x-4 px-4 py-2 text-[0.8125rem] md:grid-cols-[9.5rem_11rem_minmax(0,1fr)_minmax(0,2fr)]">
      <time dateTime={event.at} title={agoText(event.at)} className="text-soft tabular-nums">
        {exactText(event.at)}
      </time>
      <span className="font-medium">{event.action}</span>
      <Untrusted text={event.actor} most={120} />
      <span className="min-w-0 font-mono text-xs text-soft">
        {detail !== '' && <Untrusted text={detail} most={600} className="block text-ink" />}
        <Untrusted text={event.subject} most={200} />
      </span>
    </div>
  );
}

/** `name: Orgo · transport: http`; what is empty says nothing. */
function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${valueText(name, value)}`)
    .join(' · ');
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number' && name.endsWith('At')) return exactText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
