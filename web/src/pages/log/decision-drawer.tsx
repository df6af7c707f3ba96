import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { decisionQuery } from '../../api/queries/decisions.ts';
import type { Decision } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { OutcomeBadge } from '../../ui/outcome-badge.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { DecisionFacts } from './decision-facts.tsx';

/** One decision, whole. */
export function DecisionDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const decision = useQuery(decisionQuery(id));
  return (
    <Dialog side title="Decision" onClose={onClose}>
      <Shown query={decision} what="The decision could not be read">
        {(found) => <Whole decision={found} />}
      </Shown>
    </Dialog>
  );
}

function Whole({ decision }: { readonly decision: Decision }) {
  const { may } = useMe();
  const { outcome, tool, method, message, policy } = decision;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-2">
        <OutcomeBadge outcome={outcome} />
        <Untrusted text={tool ?? method} most={200} className="font-mono font-semibold" />
      </div>
      {message !== '' && (
        <p className="rounded-md border bg-sunken p-3">
          <Untrusted text={message} />
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {tool !== undefined && policy !== null && may('policy_manager') && (
          <Link
            to="/policies/$policy"
            params={{ policy: policy.id }}
            search={{ subject: tool, call: decision.id }}
            className={buttonClasses('main', true)}
          >
            Make a rule from this call
          </Link>
        )}
        {tool !== undefined && policy === null && may('policy_manager') && (
          <Link
            to="/servers/$server/policies/new"
            params={{ server: decision.server.id }}
            search={{ tool, call: decision.id }}
            className={buttonClasses('main', true)}
          >
            Make a policy from this call
          </Link>
        )}
        <CopyButton text={window.location.href} label="Copy the link" />
        <CopyButton text={JSON.stringify(decision, null, 2)} label="Copy as JSON" />
      </div>
      <DecisionFacts decision={decision} />
    </div>
  );
}
