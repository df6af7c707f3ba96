import { Link } from '@tanstack/react-router';
import type { Inventory } from '../../api/types.ts';
import { classCounts } from '../../lib/class-counts.ts';
import { grantsAt } from '../../policy/grant-counts.ts';
import { counted } from '../../lib/number-text.ts';
import { RiskBar } from '../../ui/risk-bar.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { HealthBadge } from './health-badge.tsx';
import type { Traffic } from './use-server-traffic.ts';

export function ServerRow({
  item,
  traffic,
}: {
  readonly item: Inventory;
  readonly traffic: Traffic | undefined;
}) {
  const { server, tools } = item;
  const calls = traffic?.calls.reduce((sum, one) => sum + one, 0) ?? 0;
  const denials = traffic?.denials.reduce((sum, one) => sum + one, 0) ?? 0;
  return (
    <Link
      to="/servers/$server"
      params={{ server: server.slug }}
      className="grid gap-x-4 gap-y-1 px-4 py-3 -outline-offset-2 hover:bg-hover sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_12rem]"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <Untrusted text={server.name} most={100} />
          <HealthBadge item={item} traffic={traffic} />
        </p>
        <p className="truncate font-mono text-xs text-soft">
          <Untrusted text={server.url ?? server.command ?? ''} most={200} />
        </p>
      </div>
      <div className="min-w-0 text-[0.8125rem] text-soft">
        {tools.length > 0 && <RiskBar counts={classCounts(tools)} />}
        <p className="mt-0.5">
          {counted(tools.length, 'tool')} · {counted(grantsAt(item).active, 'active grant')}
        </p>
      </div>
      {traffic !== undefined && (
        <div className="flex items-center gap-3 text-right text-xs text-soft sm:justify-end">
          <Sparkline
            values={traffic.calls}
            marked={traffic.denials}
            label="Calls and denials in the last 24 hours"
          />
          <p className="tabular-nums">
            {counted(calls, 'call')}
            <br />
            <span className={denials > 0 ? 'text-bad' : undefined}>{counted(denials, 'denial')}</span>
          </p>
        </div>
      )}
    </Link>
  );
}
