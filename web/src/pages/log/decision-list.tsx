import { Link, useSearch } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import type { Decision } from '../../api/types.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { DecisionRow } from './decision-row.tsx';

export function DecisionList({
  decisions,
  onOpen,
  more,
  loading,
}: {
  readonly decisions: readonly Decision[];
  readonly onOpen: (id: string) => void;
  readonly more: (() => void) | undefined;
  readonly loading: boolean;
}) {
  const filtered = Object.keys(useSearch({ from: '/shell/log' })).some((name) => name !== 'call');
  return (
    <>
      {decisions.length === 0 ? (
        <EmptyState
          icon={Activity}
          title={filtered ? 'No decision fits' : 'No calls yet'}
          action={
            !filtered && (
              <Link to="/start" className={buttonClasses('main')}>
                Connect a client
              </Link>
            )
          }
        >
          {filtered
            ? 'Change the filter, or look further back.'
            : 'As soon as a client calls through the gateway, its calls appear here by themselves.'}
        </EmptyState>
      ) : (
        <VirtualList
          label="Decisions"
          items={decisions}
          keyOf={({ id }) => id}
          estimate={44}
          className="max-h-[calc(100dvh-19rem)] min-h-72"
          row={(decision) => <DecisionRow decision={decision} onOpen={() => onOpen(decision.id)} />}
        />
      )}
      {more !== undefined && (
        <div className="border-t p-2 text-center">
          <Button small look="quiet" busy={loading} onClick={more}>
            Show older ones
          </Button>
        </div>
      )}
    </>
  );
}
