import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { approvalsQuery, type Approval } from '../../api/queries/approvals.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { More } from '../../ui/more.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Shown } from '../../ui/shown.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ApprovalDrawer } from './approval-drawer.tsx';
import { ApprovalRow } from './approval-row.tsx';
import { useApprovalStream } from './use-approval-stream.ts';

/** Calls that wait for a person. */
export function ApprovalsPage() {
  const search = useSearch({ from: '/shell/approvals' });
  const navigate = useNavigate({ from: '/approvals' });
  const show = search.show === 'all' ? 'all' : 'pending';
  const approvals = useInfiniteQuery(approvalsQuery(show));
  useApprovalStream(approvals.data !== undefined);
  const open = (id: string | undefined): void =>
    void navigate({ search: { show, ...(id === undefined ? {} : { id }) }, replace: id === undefined });
  return (
    <>
      <PageHeader
        title="Approvals"
        description="Calls that wait until a person agrees. What you agree to is this one call, with these arguments."
        actions={
          <Segmented
            label="Which"
            value={show}
            onChange={(value) => void navigate({ search: { show: value }, replace: true })}
            segments={[
              { value: 'pending', text: 'Waiting' },
              { value: 'all', text: 'All' },
            ]}
          />
        }
      />
      <Card flush>
        <Shown query={approvals} what="The approvals could not be read">
          {({ pages }) => <Listed items={pages.flatMap(({ items }) => items)} show={show} onOpen={open} />}
        </Shown>
        <More query={approvals} />
      </Card>
      {search.id !== undefined && <ApprovalDrawer id={search.id} onClose={() => open(undefined)} />}
    </>
  );
}

function Listed({
  items,
  show,
  onOpen,
}: {
  readonly items: readonly Approval[];
  readonly show: 'pending' | 'all';
  readonly onOpen: (id: string) => void;
}) {
  if (items.length === 0)
    return (
      <EmptyState
        icon={BadgeCheck}
        title={show === 'pending' ? 'Nothing waits for you' : 'No call has asked yet'}
      >
        Choose “Ask” for a tool in a policy: its calls then wait here until somebody agrees.
      </EmptyState>
    );
  return (
    <VirtualList
      label="Approvals"
      items={items}
      keyOf={({ id }) => id}
      estimate={64}
      row={(approval) => <ApprovalRow approval={approval} onOpen={() => onOpen(approval.id)} />}
    />
  );
}
