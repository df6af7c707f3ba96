import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import { serverQuery } from '../../api/queries/servers.ts';
import type { Server } from '../../api/types.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { HealthBadge } from '../servers/health-badge.tsx';
import { AccessTab } from './access/access-tab.tsx';
import { SignInNotice } from './access/sign-in-notice.tsx';
import { ServerGrants } from './server-grants.tsx';
import { grantsAt } from '../../policy/grant-counts.ts';
import { ServerPolicies } from './server-policies.tsx';
import { ServerSettings } from './server-settings.tsx';
import { ToolsTab } from './tools/tools-tab.tsx';

export function ServerPage() {
  const { server: id } = useParams({ from: '/shell/servers/$server' });
  const server = useQuery(serverQuery(id));
  return (
    <Shown query={server} what="The server could not be read">
      {(found) => <Found server={found} />}
    </Shown>
  );
}

function Found({ server }: { readonly server: Server }) {
  const { tab = 'tools' } = useSearch({ from: '/shell/servers/$server' });
  const navigate = useNavigate({ from: '/servers/$server' });
  const { data: inventory } = useQuery(inventoryQuery());
  const item = inventory?.find((one) => one.server.id === server.id);
  const count = (number: number | undefined): string =>
    number === undefined ? '' : ` (${number.toLocaleString('en')})`;
  return (
    <>
      <PageHeader
        above={<BackLink to="/servers">Servers</BackLink>}
        title={server.name}
        description={
          <span className="flex flex-wrap items-center gap-2">
            {item && <HealthBadge item={item} />}
            <span>Clients use</span>
            <code className="font-mono text-[0.8125rem] text-ink [overflow-wrap:anywhere]">
              {server.gatewayUrl}
            </code>
            <CopyButton text={server.gatewayUrl} />
          </span>
        }
      />
      {tab !== 'access' && <SignInNotice server={server} />}
      <Tabs
        label="Parts of this server"
        value={tab}
        onChange={(id) => void navigate({ search: { tab: id }, replace: true })}
        tabs={[
          { id: 'tools', text: `Tools${count(item?.tools.length)}`, body: <ToolsTab server={server} /> },
          {
            id: 'policies',
            text: `Policies${count(item?.policies.length)}`,
            body: <ServerPolicies server={server} />,
          },
          {
            id: 'grants',
            text: `Grants${count(item && grantsAt(item).active)}`,
            body: <ServerGrants server={server} />,
          },
          { id: 'access', text: 'Access', body: <AccessTab server={server} /> },
          { id: 'settings', text: 'Settings', body: <ServerSettings server={server} /> },
        ]}
      />
    </>
  );
}
