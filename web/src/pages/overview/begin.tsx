import { Link } from '@tanstack/react-router';
import type { Inventory } from '../../api/types.ts';
import { grantsAt } from '../../policy/grant-counts.ts';
import { buttonClasses } from '../../ui/button.tsx';

/** The first run, until there is a grant that somebody can use. */
export function Begin({ items }: { readonly items: readonly Inventory[] }) {
  if (items.some((item) => grantsAt(item).total > 0)) return null;
  const next =
    items.length === 0
      ? 'Register a server, give it a policy, and point your client here: three steps to the first call.'
      : 'A server is registered. Give it a policy and mint a grant, and your client can call.';
  return (
    <section className="rounded-lg border border-accent bg-panel p-5">
      <h2 className="font-semibold">{items.length === 0 ? 'Welcome' : 'Nearly there'}</h2>
      <p className="mt-1 mb-3 max-w-prose text-soft">{next}</p>
      <Link to="/start" className={buttonClasses('main')}>
        {items.length === 0 ? 'Start' : 'Go on'}
      </Link>
    </section>
  );
}
