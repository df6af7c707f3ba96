import { Link } from '@tanstack/react-router';
import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Inventory, Policy } from '../../api/types.ts';
import { activeUnder } from '../../policy/grant-counts.ts';
import { counted } from '../../lib/number-text.ts';
import { EffectCounts } from './effect-counts.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** A policy with what it makes of the server's tools. */
export function PolicyRow({
  item,
  policy,
  withServer = false,
}: {
  readonly item: Inventory;
  readonly policy: Policy;
  readonly withServer?: boolean;
}) {
  return (
    <Link
      to="/policies/$policy"
      params={{ policy: policy.id }}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 -outline-offset-2 hover:bg-hover"
    >
      <div className="min-w-0">
        <p className="font-medium">
          <Untrusted text={policy.name} most={120} />
        </p>
        <p className="text-[0.8125rem] text-soft">
          {withServer && (
            <>
              <Untrusted text={item.server.name} most={80} />
              {' · '}
            </>
          )}
          Version {policy.version} · <TimeAgo time={policy.updatedAt} /> ·{' '}
          {counted(activeUnder(item, policy.id), 'active grant')}
        </p>
      </div>
      <EffectCounts document={policy.document as unknown as PolicyDocument} tools={item.tools} />
    </Link>
  );
}
