import { useState, type ReactNode } from 'react';
import { KeyRound, Plus } from 'lucide-react';
import type { Inventory } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { GrantRow } from './grant-row.tsx';
import { MintDialog } from './mint-dialog.tsx';

/** Grants of one server or of many, and the way to a new one. */
export function GrantList({
  items,
  text = '',
  withServer = false,
  children,
}: {
  readonly items: readonly Inventory[];
  readonly text?: string;
  readonly withServer?: boolean;
  readonly children?: ReactNode;
}) {
  const { may } = useMe();
  const [minting, setMinting] = useState(false);
  const [revoked, setRevoked] = useState(false);
  const all = items.flatMap((item) => item.grants.map((grant) => ({ item, grant })));
  const wanted = text.trim().toLowerCase();
  const shown = all
    .filter(({ grant }) => revoked || grant.revokedAt === null)
    .filter(({ item, grant }) =>
      `${grant.label} ${grant.owner ?? ''} ${item.server.name} ${grant.tags.join(' ')}`
        .toLowerCase()
        .includes(wanted),
    )
    .toSorted((a, b) => b.grant.createdAt.localeCompare(a.grant.createdAt));
  const mint = may('admin') && (
    <Button look="main" onClick={() => setMinting(true)}>
      <Plus aria-hidden className="size-4" />
      Mint a grant
    </Button>
  );
  return (
    <>
      <Card
        flush
        title={counted(shown.length, 'grant')}
        actions={
          <div className="flex flex-1 flex-wrap items-center justify-end gap-3">
            {children}
            {all.some(({ grant }) => grant.revokedAt !== null) && (
              <Checkbox checked={revoked} onChange={setRevoked}>
                Revoked too
              </Checkbox>
            )}
            {all.length > 0 && mint}
          </div>
        }
      >
        {shown.length === 0 ? (
          <EmptyState
            icon={KeyRound}
            title={all.length === 0 ? 'No grants yet' : 'No grant fits'}
            action={all.length === 0 && mint}
          >
            {all.length === 0
              ? 'Mint one for each client: then the log says who called, and you can revoke one without the others.'
              : 'Change the search, or show revoked ones too.'}
          </EmptyState>
        ) : (
          <VirtualList
            label="Grants"
            items={shown}
            keyOf={({ grant }) => grant.id}
            estimate={68}
            row={({ item, grant }) => <GrantRow item={item} grant={grant} withServer={withServer} />}
          />
        )}
      </Card>
      {minting && <MintDialog items={items} onClose={() => setMinting(false)} />}
    </>
  );
}
