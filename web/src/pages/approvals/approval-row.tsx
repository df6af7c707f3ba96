import type { Approval } from '../../api/queries/approvals.ts';
import type { ToolClass } from '../../api/types.ts';
import { ClassBadge } from '../../ui/class-badge.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { StateBadge } from './state-badge.tsx';

export function ApprovalRow({
  approval,
  onOpen,
}: {
  readonly approval: Approval;
  readonly onOpen: () => void;
}) {
  const { tool, toolClass, server, grant, state, requestedAt, expiresAt } = approval;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="grid w-full items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto] px-4 py-2.5 text-left -outline-offset-2 hover:bg-hover"
    >
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-2 font-mono text-[0.8125rem] font-semibold">
          <Untrusted text={tool} most={120} />
          <ClassBadge name={toolClass as ToolClass} />
        </span>
        <span className="block text-[0.8125rem] text-soft">
          <Untrusted text={`${grant.label} on ${server.name}`} most={200} />
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-soft sm:flex-col sm:items-end">
        <StateBadge state={state} />
        <span className="block">
          {state === 'pending' ? (
            <>
              ends <TimeAgo time={expiresAt} />
            </>
          ) : (
            <TimeAgo time={requestedAt} />
          )}
        </span>
      </span>
    </button>
  );
}
