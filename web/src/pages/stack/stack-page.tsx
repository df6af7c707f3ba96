import { useDeferredValue, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Layers } from 'lucide-react';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory } from '../../api/types.ts';
import { classCounts } from '../../lib/class-counts.ts';
import { csvLine } from '../../lib/csv.ts';
import { counted } from '../../lib/number-text.ts';
import { saveFile } from '../../lib/save-file.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RiskBar } from '../../ui/risk-bar.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { reachOf, type Reach } from './reach.ts';
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
                  <Link to="/servers/add" className={buttonClasses('main')}>
                    Add a server
                  </Link>
                }
              >
                As soon as a server has listed its tools, they are here with who can call them.
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
  const all = useMemo(() => reachOf(items), [items]);
  const wanted = useDeferredValue((search.text ?? '').trim().toLowerCase());
  const shown = all.filter(
    ({ tool, item, callers }) =>
      (search.class === undefined || tool.class === search.class) &&
      (search.server === undefined || item.server.slug === search.server) &&
      [tool.name, item.server.name, ...callers.map(({ grant }) => grant.label)]
        .join('\n')
        .toLowerCase()
        .includes(wanted),
  );
  return (
    <div className="space-y-4">
      <RiskBar counts={classCounts(all.map(({ tool }) => tool))} />
      <Card
        flush
        title={counted(shown.length, 'tool')}
        actions={
          <Button small onClick={() => save(shown)}>
            <Download aria-hidden className="size-3.5" />
            Export as CSV
          </Button>
        }
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

function save(shown: readonly Reach[]): void {
  const lines = shown.flatMap(({ tool, item, callers }) => {
    const about = [item.server.name, tool.name, tool.class, tool.severity];
    if (callers.length === 0) return [csvLine([...about, '', '', 'nobody'])];
    return callers.map(({ grant, policy, kind }) => csvLine([...about, grant.label, policy.name, kind]));
  });
  const head = csvLine(['server', 'tool', 'class', 'severity', 'grant', 'policy', 'how']);
  saveFile('who-can-call-what.csv', [head, ...lines], 'text/csv');
}
