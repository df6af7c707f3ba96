import { useMemo } from 'react';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import { call } from '../../api/call.ts';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory } from '../../api/types.ts';
import { classCounts } from '../../lib/class-counts.ts';
import { counted } from '../../lib/number-text.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RiskBar } from '../../ui/risk-bar.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AddServer } from '../servers/add-server.tsx';
import { ExportReach } from './export-reach.tsx';
import { reachOf } from './reach.ts';
import { ReachRow } from './reach-row.tsx';
import { StackFilters } from './stack-filters.tsx';

/** Everything that agents can call, and who can call it. */
export function StackPage() {
  const inventory = useQuery(inventoryQuery());
  return (
    <>
      <PageHeader
        title="Stack"
        description="Everything your agents can call across all servers, the gravest first, and which grants reach it."
      />
      <Shown query={inventory} what="The stack could not be read">
        {(items) =>
          items.every(({ tools }) => tools.length === 0) ? (
            <Card>
              <EmptyState
                icon={Layers}
                title="No tools are known yet"
                action={
                  items.length === 0 ? (
                    <AddServer />
                  ) : (
                    <Link to="/servers" className={buttonClasses()}>
                      To the servers
                    </Link>
                  )
                }
              >
                {items.length === 0
                  ? 'As soon as a server has listed its tools, they are here with who can call them.'
                  : 'No server has listed its tools yet: open one, and ask it.'}
              </EmptyState>
            </Card>
          ) : (
            <ReachList items={items} />
          )
        }
      </Shown>
    </>
  );
}

function ReachList({ items }: { readonly items: readonly Inventory[] }) {
  const search = useSearch({ from: '/shell/stack' });
  const navigate = useNavigate({ from: '/stack' });
  const wanted = useSettled((search.text ?? '').trim());
  const { data: found } = useQuery({ ...foundQuery(wanted), enabled: wanted !== '' });
  const all = useMemo(() => reachOf(items, wanted === '' ? [] : found), [items, found, wanted]);
  const shown = all.filter(
    ({ tool, item, callers }) =>
      (search.class === undefined || tool.class === search.class) &&
      (search.server === undefined || item.server.slug === search.server) &&
      [tool.name, item.server.name, ...callers.flatMap(({ known }) => known.map(({ label }) => label))]
        .join('\n')
        .toLowerCase()
        .includes(wanted.toLowerCase()),
  );
  return (
    <div className="space-y-4">
      <RiskBar counts={classCounts(all.map(({ tool }) => tool))} />
      <Card
        flush
        title={counted(shown.length, 'tool')}
        actions={<ExportReach shown={shown} server={search.server} />}
      >
        <StackFilters
          items={items}
          search={search}
          onChange={(next) => void navigate({ search: next, replace: true })}
        />
        {shown.length === 0 ? (
          <p className="p-6 text-center text-soft">Nothing fits: change the search.</p>
        ) : (
          <VirtualList
            label="Who can call what"
            items={shown}
            keyOf={({ tool, item }) => `${item.server.id} ${tool.name}`}
            estimate={58}
            className="max-h-[calc(100dvh-19rem)] min-h-72"
            row={(reach) => <ReachRow reach={reach} />}
          />
        )}
      </Card>
    </div>
  );
}

/** The newest grants in force that have the words: what they reach is shown with them. */
const foundQuery = (text: string) =>
  queryOptions({
    queryKey: ['grants', 'found', text],
    queryFn: async ({ signal }) =>
      (await call('GET /grants', { query: { text, state: 'active', limit: 500 }, signal })).items,
    placeholderData: keepPreviousData,
  });
