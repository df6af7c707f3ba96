import { useDeferredValue } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Server } from 'lucide-react';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory } from '../../api/types.ts';
import { counted } from '../../lib/number-text.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AddServer } from './add-server.tsx';
import { ServerRow } from './server-row.tsx';
import { useServerTraffic } from './use-server-traffic.ts';

export function ServersPage() {
  const inventory = useQuery(inventoryQuery());
  return (
    <>
      <PageHeader
        title="Servers"
        description="The MCP servers behind the gateway. Clients reach them only through it."
        actions={<AddServer />}
      />
      <Shown query={inventory} what="The servers could not be read">
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyState icon={Server} title="No servers yet" action={<AddServer />}>
                Add one by its URL, or paste the configuration of your MCP client: every server in it becomes
                an entry.
              </EmptyState>
            </Card>
          ) : (
            <ServerList items={items} />
          )
        }
      </Shown>
    </>
  );
}

function ServerList({ items }: { readonly items: readonly Inventory[] }) {
  const { text = '' } = useSearch({ from: '/shell/servers' });
  const navigate = useNavigate({ from: '/servers' });
  const setText = (next: string): void =>
    void navigate({ search: next === '' ? {} : { text: next }, replace: true });
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const traffic = useServerTraffic();
  const shown = items.filter(({ server }) =>
    `${server.name} ${server.slug} ${server.url ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <Card
      flush
      title={counted(shown.length, 'server')}
      actions={<SearchBox label="Search servers" value={text} onChange={setText} />}
    >
      {shown.length === 0 ? (
        <p className="p-6 text-center text-soft">No server has this in its name or address.</p>
      ) : (
        <VirtualList
          label="Servers"
          items={shown}
          keyOf={({ server }) => server.id}
          estimate={76}
          className="max-h-[calc(100dvh-14rem)]"
          row={(item) => <ServerRow item={item} traffic={traffic?.get(item.server.id)} />}
        />
      )}
    </Card>
  );
}
