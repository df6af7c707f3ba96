import type { Decision } from '../../api/types.ts';
import { durationText } from '../../lib/number-text.ts';
import { clockText, dayText, exactText } from '../../lib/time-text.ts';
import { OutcomeBadge } from '../../ui/outcome-badge.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

export function DecisionRow({
  decision,
  onOpen,
}: {
  readonly decision: Decision;
  readonly onOpen: () => void;
}) {
  const { at, outcome, tool, method, server, grant, rule, upstream } = decision;
  const earlier = dayText(at);
  return (
    <button
      type="button"
      onClick={onOpen}
      className="grid w-full grid-cols-[4.6rem_4.5rem_minmax(0,1fr)] items-center gap-x-3 px-4 py-2 text-left text-[0.8125rem] -outline-offset-2 hover:bg-hover md:grid-cols-[4.6rem_4.5rem_minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1fr)_4rem]"
    >
      <time dateTime={new Date(at).toISOString()} title={exactText(at)} className="text-soft tabular-nums">
        {earlier !== undefined && <span className="block text-xs">{earlier}</span>}
        {clockText(at)}
      </time>
      <span>
        <OutcomeBadge outcome={outcome} />
      </span>
      <span className="truncate font-mono">
        {tool === undefined ? (
          <span className="text-soft">{method}</span>
        ) : (
          <Untrusted text={tool} most={120} />
        )}
      </span>
      <span className="truncate text-soft max-md:col-start-3">
        <Untrusted text={`${server.name} · ${grant?.label ?? 'no grant'}`} most={160} />
      </span>
      <span className="truncate font-mono text-xs text-soft max-md:hidden">
        <Untrusted text={rule} most={160} />
      </span>
      <span className="text-right text-soft tabular-nums max-md:hidden">
        {upstream?.durationMs === undefined ? '' : durationText(upstream.durationMs)}
      </span>
    </button>
  );
}
