import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Inventory } from '../../api/types.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ConnectStep } from './connect-step.tsx';
import { PolicyStep } from './policy-step.tsx';
import { ServerStep } from './server-step.tsx';
import { Step } from './step.tsx';

/** Three steps from nothing to the first call. */
export function StartPage() {
  const inventory = useQuery(inventoryQuery());
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Connect a client" description="Three steps to the first call through the gateway." />
      <Shown query={inventory} what="The configuration could not be read">
        {(items) => <Steps items={items} />}
      </Shown>
    </div>
  );
}

function Steps({ items }: { readonly items: readonly Inventory[] }) {
  const search = useSearch({ from: '/shell/start' });
  const navigate = useNavigate({ from: '/start' });
  const item =
    items.find(({ server }) => server.id === search.server) ?? (items.length === 1 ? items[0] : undefined);
  const policy =
    item?.policies.find(({ id }) => id === search.policy) ??
    (item?.policies.length === 1 ? item.policies[0] : undefined);
  return (
    <ol className="space-y-4">
      <Step number={1} title="Register a server" state={item === undefined ? 'now' : 'done'}>
        <ServerStep
          items={items}
          chosen={item}
          onChoose={(server) => void navigate({ search: { server }, replace: true })}
        />
      </Step>
      <Step
        number={2}
        title="Give it a policy"
        state={item === undefined ? 'later' : policy === undefined ? 'now' : 'done'}
      >
        {item && (
          <PolicyStep
            item={item}
            chosen={policy}
            onChoose={(id) =>
              void navigate({ search: { server: item.server.id, policy: id }, replace: true })
            }
          />
        )}
      </Step>
      <Step
        number={3}
        title="Point your client at the gateway"
        state={policy === undefined ? 'later' : 'now'}
      >
        {item && policy && <ConnectStep key={`${item.server.id} ${policy.id}`} item={item} policy={policy} />}
      </Step>
    </ol>
  );
}
