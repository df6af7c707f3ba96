import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { approvalQuery, type ApprovalDetail } from '../../api/queries/approvals.ts';
import type { ToolClass } from '../../api/types.ts';
import { ClassBadge } from '../../ui/class-badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SeverityBadge } from '../../ui/severity-badge.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { AnswerForm } from './answer-form.tsx';
import { ArgumentView } from './argument-view.tsx';
import { ArgumentDiff } from './argument-diff.tsx';
import { StateBadge } from './state-badge.tsx';

/** One call that asks: everything that somebody needs to agree or not. */
export function ApprovalDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const approval = useQuery(approvalQuery(id));
  return (
    <Dialog side title="Approval" onClose={onClose}>
      <Shown query={approval} what="The approval could not be read">
        {(found) => <Whole approval={found} />}
      </Shown>
    </Dialog>
  );
}

function Whole({ approval }: { readonly approval: ApprovalDetail }) {
  const { tool, toolClass, severity, state, grant, server, message, earlier, description, votes, history } =
    approval;
  return (
    <div className="space-y-5">
      <div>
        <p className="flex flex-wrap items-center gap-2">
          <StateBadge state={state} />
          <Untrusted text={tool} most={120} className="font-mono font-semibold" />
          <ClassBadge name={toolClass as ToolClass} />
          {severity !== null && <SeverityBadge severity={severity} />}
        </p>
        <p className="mt-1 text-[0.8125rem] text-soft">
          <Untrusted text={`${grant.label} on ${server.name}`} most={200} /> asked{' '}
          <TimeAgo time={approval.requestedAt} />; an answer {state === 'pending' ? 'counts' : 'counted'}{' '}
          until <TimeAgo time={approval.expiresAt} />
        </p>
      </div>
      {message !== '' && (
        <Notice>
          <Untrusted text={message} />
        </Notice>
      )}
      {earlier !== null && (
        <p className="text-[0.8125rem]">
          <Link to="/log" search={{ call: earlier }} className="underline">
            The earlier call in the log
          </Link>
        </p>
      )}
      {description !== null && (
        <p className="text-[0.8125rem] text-soft">
          The tool says of itself: <Untrusted text={description} most={600} />
        </p>
      )}
      <section className="space-y-3">
        <h3 className="text-sm font-semibold">Arguments</h3>
        {approval.arguments.length === 0 && <p className="text-soft">None, or they were deleted since.</p>}
        {approval.arguments.map((argument) => (
          <ArgumentView key={argument.name} argument={argument} />
        ))}
      </section>
      {approval.diff !== null && <ArgumentDiff diff={approval.diff} />}
      {votes.length > 0 && (
        <section>
          <h3 className="mb-1 text-sm font-semibold">Answers</h3>
          <ul className="space-y-1 text-[0.8125rem]">
            {votes.map(({ actor, verdict, reason, at }) => (
              <li key={`${actor} ${at}`}>
                <Untrusted text={actor} most={100} className="font-medium" />{' '}
                {verdict === 'approve' ? 'agreed' : 'refused'} <TimeAgo time={at} />
                {reason !== null && (
                  <>
                    : <Untrusted text={reason} most={500} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {state === 'pending' && <AnswerForm approval={approval} />}
      {history.length > 0 && (
        <p className="text-[0.8125rem] text-soft">
          Before: {history.map(({ state: one }) => one).join(', ')} (newest first).
        </p>
      )}
    </div>
  );
}
