import { useState } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '../../../app/use-me.ts';
import { BackLink } from '../../../ui/back-link.tsx';
import { Card } from '../../../ui/card.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { AddByUrl, type Prefilled } from './add-by-url.tsx';
import { AddFromCatalog } from './add-from-catalog.tsx';
import { PasteConfiguration } from './paste-configuration.tsx';

export function AddPage() {
  const { may } = useMe();
  const { tab = 'url', ...search } = useSearch({ from: '/shell/servers/add' });
  const navigate = useNavigate({ from: '/servers/add' });
  const setTab = (id: string): void => void navigate({ search: { ...search, tab: id }, replace: true });
  const [prefilled, setPrefilled] = useState<Prefilled>();
  const choose = (chosen: Prefilled): void => {
    setPrefilled(chosen);
    setTab('url');
  };
  if (!may('admin')) return <Notice>Only admins add servers. Ask one of yours.</Notice>;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        above={<BackLink to="/servers">Servers</BackLink>}
        title="Add a server"
        description="The gateway asks it for its tools, says what each of them can do, and keeps its credentials sealed."
      />
      <Card>
        <Tabs
          label="How to add it"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'url', text: 'By its URL', body: <AddByUrl key={prefilled?.url} prefilled={prefilled} /> },
            { id: 'catalog', text: 'From the catalogue', body: <AddFromCatalog onChoose={choose} /> },
            { id: 'paste', text: 'Paste a client configuration', body: <PasteConfiguration /> },
          ]}
        />
      </Card>
    </div>
  );
}
