import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { grantsQuery } from '../../api/queries/grants.ts';
import type { Grant, Inventory } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { grantsAt } from '../../policy/grant-counts.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { More } from '../../ui/more.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { GrantFilters } from './grant-filters.tsx';
import { GrantRow } from './grant-row.tsx';
import { filterOf, type GrantSearch } from './grant-search.ts';
import { MintDialog } from './mint-dialog.tsx';

/** Grants of one server or of all, a page at a time, and the way to a new one. */
export function GrantList({
  items,
  ofServer,
  search,
  onSearch,
}: {
  readonly items: readonly Inventory[];
  readonly ofServer?: Inventory;
  readonly search: GrantSearch;
  readonly onSearch: (search: GrantSearch) => void;
}) {
  const { may } = useMe();
  const [minting, setMinting] = useState(false);
  const text = useSettled(search.text ?? '');
  const server = ofServer?.server.slug ?? search.server;
  const query = useInfiniteQuery(
    grantsQuery(filterOf({ ...search, text, ...(server === undefined ? {} : { server }) })),
  );
  const inScope = ofServer === undefined ? items : [ofServer];
  const hasAny = inScope.some((item) => grantsAt(item).total > 0);
  const shown = query.data?.pages.flatMap((page) => page.items);
  const title = titleOf(shown?.length, query.hasNextPage);
  const mint = may('admin') && (
    <Button look="main" onClick={() => setMinting(true)}>
      <Plus aria-hidden className="size-4" />
      Mint a grant
    </Button>
  );
  return (
    <>
      <Card flush title={title} actions={hasAny && mint}>
        <p role="status" className="sr-only">
          {title}
        </p>
        {hasAny && <GrantFilters items={items} ofServer={ofServer} search={search} onChange={onSearch} />}
        <Shown query={query} what="The grants could not be read">
          {() =>
            shown!.length === 0 ? (
              <EmptyState
                icon={KeyRound}
                title={hasAny ? 'No grant fits' : 'No grants yet'}
                action={!hasAny && mint}
              >
                {hasAny
                  ? 'Change the search, or look at grants of every state.'
                  : 'Mint one for each client: then the log says who called, and you can revoke one without the others.'}
              </EmptyState>
            ) : (
              <Rows items={items} grants={shown!} withServer={ofServer === undefined} />
            )
          }
        </Shown>
        <More query={query} />
      </Card>
      {minting && <MintDialog items={inScope} onClose={() => setMinting(false)} />}
    </>
  );
}

function Rows({
  items,
  grants,
  withServer,
}: {
  readonly items: readonly Inventory[];
  readonly grants: readonly Grant[];
  readonly withServer: boolean;
}) {
  const byServer = new Map(items.map((item) => [item.server.id, item]));
  return (
    <VirtualList
      label="Grants"
      items={grants}
      keyOf={({ id }) => id}
      estimate={68}
      className={withServer ? 'max-h-[calc(100dvh-19rem)] min-h-72' : 'max-h-[calc(100dvh-24rem)] min-h-72'}
      row={(grant) => <GrantRow item={byServer.get(grant.serverId)} grant={grant} withServer={withServer} />}
    />
  );
}

function titleOf(count: number | undefined, hasMore: boolean): string {
  if (count === undefined) return 'Grants';
  return hasMore ? `The newest ${counted(count, 'grant')}` : counted(count, 'grant');
}
