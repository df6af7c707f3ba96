import { Link } from '@tanstack/react-router';
import { counted } from '../../lib/number-text.ts';
import { ClassBadge } from '../../ui/class-badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { EFFECT_LOOKS } from '../policies/effect-looks.ts';
import type { Callers, Reach } from './reach.ts';

const MOST = 6;

export function ReachRow({ reach: { item, tool, callers } }: { readonly reach: Reach }) {
  const shown = callers.flatMap((under) => under.known.map((grant) => ({ grant, under }))).slice(0, MOST);
  return (
    <div className="grid items-start gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <Link
            to="/servers/$server"
            params={{ server: item.server.slug }}
            search={{ tool: tool.name }}
            className="min-w-0 font-mono text-[0.8125rem] font-medium hover:underline"
          >
            <Untrusted text={tool.name} most={100} />
          </Link>
          <ClassBadge name={tool.class} />
          {tool.drifted && <Badge tone="warn">Changed</Badge>}
        </p>
        <p className="text-xs text-soft">
          <Untrusted text={item.server.name} most={80} />
        </p>
      </div>
      {callers.length === 0 ? (
        <p className="text-[0.8125rem] text-soft">Nobody can call it.</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5 text-[0.8125rem]">
          {shown.map(({ grant, under }) => (
            <li
              key={`${under.policy.id} ${grant.id}`}
              className="flex items-center gap-1.5 rounded border px-1.5 py-0.5"
            >
              <Untrusted text={grant.label} most={60} className="font-medium" />
              <Link
                to="/policies/$policy"
                params={{ policy: under.policy.id }}
                search={{ subject: tool.name }}
                className="text-soft hover:underline"
              >
                by <Untrusted text={under.policy.name} most={60} />
              </Link>
              <Badge tone={EFFECT_LOOKS[under.kind].tone}>{EFFECT_LOOKS[under.kind].text}</Badge>
            </li>
          ))}
          {callers.map((under) => (
            <Others
              key={under.policy.id}
              under={under}
              shown={shown.filter((one) => one.under === under).length}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Of a policy's grants those that are not named one by one. */
function Others({
  under: { policy, count, kind },
  shown,
}: {
  readonly under: Callers;
  readonly shown: number;
}) {
  if (count <= shown) return null;
  return (
    <li className="flex items-center gap-1.5 py-0.5">
      <Link to="/grants" search={{ policy: policy.id }} className="text-soft underline hover:text-ink">
        {shown === 0 ? counted(count, 'grant') : `${(count - shown).toLocaleString('en')} more`} by{' '}
        <Untrusted text={policy.name} most={60} />
      </Link>
      {shown === 0 && <Badge tone={EFFECT_LOOKS[kind].tone}>{EFFECT_LOOKS[kind].text}</Badge>}
    </li>
  );
}
