import { useState } from 'react';
import { BackLink } from '../../../ui/back-link.tsx';
import { Card } from '../../../ui/card.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { AddByUrl } from './add-by-url.tsx';
import { PasteConfiguration } from './paste-configuration.tsx';

export function AddPage() {
  const [tab, setTab] = useState('url');
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
            { id: 'url', text: 'By its URL', body: <AddByUrl /> },
            { id: 'paste', text: 'Paste a client configuration', body: <PasteConfiguration /> },
          ]}
        />
      </Card>
    </div>
  );
}
