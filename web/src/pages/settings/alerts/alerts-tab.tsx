import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { BellRing, Plus } from 'lucide-react';
import { listAll } from '../../../api/list-all.ts';
import type { Alert } from '../../../api/types.ts';
import { useMe } from '../../../app/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { AlertDialog } from './alert-dialog.tsx';
import { AlertRow } from './alert-row.tsx';

/** Who is told what. */
export function AlertsTab() {
  const { may } = useMe();
  const [open, setOpen] = useState<Alert | 'new'>();
  const alerts = useQuery({
    queryKey: ['alerts'],
    queryFn: ({ signal }) => listAll('GET /alerts', { signal }),
  });
  const make = may('admin') && (
    <Button look="main" onClick={() => setOpen('new')}>
      <Plus aria-hidden className="size-4" />
      New alert
    </Button>
  );
  return (
    <div className="max-w-3xl">
      <Shown query={alerts} what="The alerts could not be read">
        {(all) => (
          <Card flush title="Alerts" actions={all.length > 0 && make}>
            {all.length === 0 ? (
              <EmptyState icon={BellRing} title="Nobody is told yet" action={make}>
                An alert tells a webhook, a mailbox, Slack or Teams when a call waits for approval, when calls
                are denied, or when a server changes or falls silent.
              </EmptyState>
            ) : (
              <ul className="divide-y">
                {all.map((alert) => (
                  <AlertRow key={alert.id} alert={alert} onEdit={() => setOpen(alert)} />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Shown>
      {open !== undefined && (
        <AlertDialog {...(open === 'new' ? {} : { alert: open })} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
