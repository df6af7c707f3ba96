import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { readDecisions } from '../../api/queries/decisions.ts';
import type { Decision, Inventory } from '../../api/types.ts';
import { Card } from '../../ui/card.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { limitsInUse } from './limit-use.ts';

const SHARE = 0.7;
const LOOKED_AT = 500;
const MOST = 6;

/** Limits of which most is taken, or that refuse calls, in the window that runs now. */
export function NearLimits({ items }: { readonly items: readonly Inventory[] }) {
  const latest = useQuery({
    queryKey: ['decisions', 'latest'],
    queryFn: ({ signal }) => readDecisions({ limit: LOOKED_AT }, signal),
    refetchInterval: 15_000,
  });
  return (
    <Card title="Limits close to their maximum">
      <Shown query={latest} what="The log could not be read">
        {(page) => <Rows decisions={page.items} items={items} />}
      </Shown>
    </Card>
  );
}

function Rows({
  decisions,
  items,
}: {
  readonly decisions: readonly Decision[];
  readonly items: readonly Inventory[];
}) {
  const uses = useMemo(() => limitsInUse(decisions, items, SHARE).slice(0, MOST), [decisions, items]);
  if (uses.length === 0)
    return (
      <p className="text-soft">Among the latest {LOOKED_AT} decisions, no limit is more than 70% full.</p>
    );
  return (
    <ul className="space-y-2">
      {uses.map(({ id, tool, grant, rule, used, max, refused }) => (
        <li key={id} className="text-[0.8125rem]">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <Link to="/log" search={{ rule }} className="min-w-0 hover:underline">
              <Untrusted text={tool} most={100} className="font-mono" />{' '}
              <span className="text-soft">
                <Untrusted text={grant} most={60} />
              </span>
            </Link>
            <span className={refused > 0 ? 'text-bad' : 'text-soft'}>
              {used} of {max}
              {refused > 0 && ` · ${refused} refused`}
            </span>
          </div>
          <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken">
            <div
              className={`h-full ${refused > 0 ? 'bg-bad' : 'bg-warn'}`}
              style={{ width: `${refused > 0 ? 100 : Math.min(100, (used / max) * 100)}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
