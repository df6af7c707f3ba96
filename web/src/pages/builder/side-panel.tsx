import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Subject } from '../../policy/states.ts';
import { Card } from '../../ui/card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AttacksPanel } from './attacks/attacks-panel.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { TryCall } from './call/try-call.tsx';

const JsonPanel = lazy(() =>
  import('./json/json-panel.tsx').then(({ JsonPanel }) => ({ default: JsonPanel })),
);

/** The same policy as JSON, in words, on trial, under attack, and as it was. */
export function SidePanel({
  versions,
  subject,
  onChoose,
}: {
  readonly versions: ReactNode;
  readonly subject: Subject | null;
  readonly onChoose: (subject: Subject) => void;
}) {
  const [tab, setTab] = useState('json');
  return (
    <Card>
      <Tabs
        label="Views of the policy"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'json',
            text: 'JSON',
            body: (
              <Suspense fallback={<Loading what="Loading the editor…" />}>
                <JsonPanel />
              </Suspense>
            ),
          },
          { id: 'summary', text: 'In words', body: <SummaryPanel /> },
          { id: 'call', text: 'Try a call', body: <TryCall subject={subject} /> },
          { id: 'attacks', text: 'Attacks', body: <AttacksPanel onChoose={onChoose} /> },
          ...(versions === undefined ? [] : [{ id: 'versions', text: 'Versions', body: versions }]),
        ]}
      />
    </Card>
  );
}
