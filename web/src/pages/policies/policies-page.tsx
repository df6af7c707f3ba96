import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, ScrollText } from 'lucide-react';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AddServer } from '../servers/add-server.tsx';
import { ChooseServer } from './choose-server.tsx';
import { PolicyRow } from './policy-row.tsx';

export function PoliciesPage() {
  const { may } = useMe();
  const [choosing, setChoosing] = useState(false);
  const inventory = useQuery(inventoryQuery());
  const make = may('policy_manager') && (inventory.data?.length ?? 0) > 0 && (
    <Button look="main" onClick={() => setChoosing(true)}>
      <Plus aria-hidden className="size-4" />
      New policy
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Policies"
        description="What agents may call, under which conditions, and how often. A grant carries one policy."
        actions={make}
      />
      <Shown query={inventory} what="The policies could not be read">
        {(items) => <PolicyList items={items} make={make} />}
      </Shown>
      {choosing && <ChooseServer servers={inventory.data ?? []} onClose={() => setChoosing(false)} />}
    </>
  );
}

function PolicyList({
  items,
  make,
}: {
  readonly items: readonly Inventory[];
  readonly make: React.ReactNode;
}) {
  const { text = '' } = useSearch({ from: '/shell/policies' });
  const navigate = useNavigate({ from: '/policies' });
  const setText = (next: string): void =>
    void navigate({ search: next === '' ? {} : { text: next }, replace: true });
  const all = items.flatMap((item) => item.policies.map((policy) => ({ item, policy })));
  const wanted = text.trim().toLowerCase();
  const shown = all.filter(({ item, policy }) =>
    `${policy.name} ${item.server.name}`.toLowerCase().includes(wanted),
  );
  if (items.length === 0)
    return (
      <Card>
        <EmptyState icon={ScrollText} title="A policy belongs to a server" action={<AddServer />}>
          Add a server first; its tools then show here with what they can do.
        </EmptyState>
      </Card>
    );
  if (all.length === 0)
    return (
      <Card>
        <EmptyState icon={ScrollText} title="No policies yet" action={make}>
          Until a grant carries a policy, every call with it is denied.
        </EmptyState>
      </Card>
    );
  return (
    <Card
      flush
      title={counted(shown.length, 'policy', 'policies')}
      actions={<SearchBox label="Search policies" value={text} onChange={setText} />}
    >
      {shown.length === 0 ? (
        <p className="p-6 text-center text-soft">No policy or server has this in its name.</p>
      ) : (
        <VirtualList
          label="Policies"
          items={shown}
          keyOf={({ policy }) => policy.id}
          estimate={68}
          row={({ item, policy }) => <PolicyRow item={item} policy={policy} withServer />}
        />
      )}
    </Card>
  );
}
