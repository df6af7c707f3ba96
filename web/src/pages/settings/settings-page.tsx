import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '../../app/use-me.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AlertsTab } from './alerts/alerts-tab.tsx';
import { AccountTab } from './account-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { OrganizationTab } from './organization-tab.tsx';

export function SettingsPage() {
  const { me, may } = useMe();
  const { tab = 'members' } = useSearch({ from: '/shell/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const admin = may('admin');
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs
        label="Settings"
        value={tab}
        onChange={(id) => void navigate({ search: { tab: id }, replace: true })}
        tabs={[
          { id: 'members', text: 'Members', body: <MembersTab /> },
          { id: 'alerts', text: 'Alerts', body: <AlertsTab /> },
          ...(admin
            ? [
                { id: 'keys', text: 'API keys', body: <KeysTab /> },
                { id: 'events', text: 'Admin events', body: <EventsTab /> },
              ]
            : []),
          { id: 'organization', text: 'Organization', body: <OrganizationTab /> },
          ...(me?.person
            ? [{ id: 'account', text: 'Your account', body: <AccountTab person={me.person} /> }]
            : []),
        ]}
      />
    </>
  );
}
