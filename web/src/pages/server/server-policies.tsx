import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, ScrollText } from 'lucide-react';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Server } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Shown } from '../../ui/shown.tsx';
import { PolicyRow } from '../policies/policy-row.tsx';

export function ServerPolicies({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const inventory = useQuery(inventoryQuery());
  const make = may('policy_manager') && (
    <Link
      to="/servers/$server/policies/new"
      params={{ server: server.slug }}
      className={buttonClasses('main')}
    >
      <Plus aria-hidden className="size-4" />
      New policy
    </Link>
  );
  return (
    <Shown query={inventory} what="The policies could not be read">
      {(items) => {
        const item = items.find((one) => one.server.id === server.id);
        if (item === undefined || item.policies.length === 0)
          return (
            <Card>
              <EmptyState icon={ScrollText} title="No policy yet" action={make}>
                Without a policy every call is denied. Make one: choose for each tool, or paste one that you
                have.
              </EmptyState>
            </Card>
          );
        return (
          <Card flush title="Policies" actions={make}>
            <ul className="divide-y">
              {item.policies.map((policy) => (
                <li key={policy.id}>
                  <PolicyRow item={item} policy={policy} />
                </li>
              ))}
            </ul>
          </Card>
        );
      }}
    </Shown>
  );
}
