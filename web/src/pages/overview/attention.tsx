import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import type { Inventory } from '../../api/types.ts';
import { counted } from '../../lib/number-text.ts';
import { grantsAt } from '../../policy/grant-counts.ts';
import { Card } from '../../ui/card.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

const MOST = 8;

interface Matter {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly text: string;
  readonly tab: 'tools' | 'grants' | 'policies';
  /** The lowest is shown first. */
  readonly weight: number;
}

/** Drift, grants that have no policy or end soon, servers that were never reached: in this order. */
export function Attention({ items }: { readonly items: readonly Inventory[] }) {
  const matters = items.flatMap(mattersOf).toSorted((one, other) => one.weight - other.weight);
  return (
    <Card title="Needs a look">
      {matters.length === 0 ? (
        <p className="flex items-center gap-2 text-soft">
          <CircleCheck aria-hidden className="size-4 text-good" />
          All servers answer, no tool changed, no grant ends this week.
        </p>
      ) : (
        <ul className="divide-y">
          {matters.slice(0, MOST).map(({ id, slug, name, text, tab }) => (
            <li key={id} className="py-1.5 text-sm">
              <Link
                to="/servers/$server"
                params={{ server: slug }}
                search={{ tab }}
                className="hover:underline"
              >
                <Untrusted text={name} most={80} className="font-medium" />: {text}
              </Link>
            </li>
          ))}
          {matters.length > MOST && (
            <li className="py-1.5 text-sm text-soft">
              and {(matters.length - MOST).toLocaleString('en')} more
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

function mattersOf(item: Inventory): readonly Matter[] {
  const { server, tools, policies, seenAt } = item;
  const { id, slug, name } = server;
  const matter = (weight: number, tab: Matter['tab'], text: string): Matter => ({
    weight,
    id: `${id} ${tab} ${text}`,
    slug,
    name,
    text,
    tab,
  });
  const { active, bare, ending } = grantsAt(item);
  const drifted = tools.filter((tool) => tool.drifted).length;
  return [
    ...(seenAt === null ? [matter(4, 'tools', 'it has not listed its tools yet')] : []),
    ...(drifted > 0 ? [matter(0, 'tools', `${counted(drifted, 'tool')} changed since accepted`)] : []),
    ...(policies.length === 0 && active > 0 ? [matter(1, 'policies', 'it has no policy')] : []),
    ...(bare > 0 ? [matter(2, 'grants', `${counted(bare, 'grant')} without a policy: all denied`)] : []),
    ...(ending > 0 ? [matter(3, 'grants', `${counted(ending, 'grant')} ending this week`)] : []),
  ];
}
