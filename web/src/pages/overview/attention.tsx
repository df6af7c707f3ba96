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
}

/** Drift, servers that were never reached, grants that end soon or have no policy. */
export function Attention({ items }: { readonly items: readonly Inventory[] }) {
  const matters = items.flatMap(mattersOf);
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
        </ul>
      )}
    </Card>
  );
}

function mattersOf(item: Inventory): readonly Matter[] {
  const { server, tools, policies, seenAt } = item;
  const { id, slug, name } = server;
  const matter = (tab: Matter['tab'], text: string): Matter => ({
    id: `${id} ${tab} ${text}`,
    slug,
    name,
    text,
    tab,
  });
  const { active, bare, ending } = grantsAt(item);
  const drifted = tools.filter((tool) => tool.drifted).length;
  return [
    ...(seenAt === null ? [matter('tools', 'it has not listed its tools yet')] : []),
    ...(drifted > 0 ? [matter('tools', `${counted(drifted, 'tool')} changed since accepted`)] : []),
    ...(policies.length === 0 && active > 0 ? [matter('policies', 'it has no policy')] : []),
    ...(bare > 0 ? [matter('grants', `${counted(bare, 'grant')} without a policy: all denied`)] : []),
    ...(ending > 0 ? [matter('grants', `${counted(ending, 'grant')} ending this week`)] : []),
  ];
}
