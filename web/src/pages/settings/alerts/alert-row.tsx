import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/call.ts';
import type { Alert, AlertDetail } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { CHANNELS, EVENTS } from './event-choices.ts';

export function AlertRow({ alert, onEdit }: { readonly alert: Alert; readonly onEdit: () => void }) {
  const { may } = useMe();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const test = useChange({
    run: () => call('POST /alerts/{id}/test', { path: { id: alert.id } }),
    touches: [],
  });
  const texts = EVENTS.filter(({ event }) => alert.events.includes(event)).map(({ text }) => text);
  return (
    <li className="space-y-2 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            <Untrusted text={alert.name} most={100} />
            <Badge>{CHANNELS.find(({ value }) => value === alert.channel)?.text}</Badge>
            {!alert.enabled && <Badge tone="warn">Off</Badge>}
          </p>
          <p className="text-[0.8125rem] text-soft [overflow-wrap:anywhere]">
            to <Untrusted text={alert.target} most={200} />
          </p>
          <p className="text-[0.8125rem] text-soft">{texts.join(' · ')}</p>
        </div>
        <span className="flex flex-wrap gap-2">
          {may('policy_manager') && (
            <Button small busy={test.isPending} onClick={() => test.mutate(undefined)}>
              Send a test
            </Button>
          )}
          {may('admin') && (
            <>
              <Button small onClick={onEdit}>
                Edit
              </Button>
              <Button small look="danger" onClick={() => setRemoving(true)}>
                Remove
              </Button>
            </>
          )}
        </span>
      </div>
      {test.isError && <ProblemNotice error={test.error} what="The test could not be sent" />}
      {test.data !== undefined && <Outcome deliveries={test.data.deliveries} />}
      {removing && (
        <ConfirmDialog
          title={`Remove the alert ${alert.name}`}
          action="Remove it"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await call('DELETE /alerts/{id}', { path: { id: alert.id } });
            await client.invalidateQueries({ queryKey: ['alerts'] });
          }}
        >
          Nobody is told by it any more, and what it had still to deliver is dropped.
        </ConfirmDialog>
      )}
    </li>
  );
}

function Outcome({ deliveries }: Pick<AlertDetail, 'deliveries'>) {
  const latest = deliveries.toSorted((one, other) => other.at.localeCompare(one.at))[0];
  if (latest === undefined) return <Notice tone="info">Nothing was sent.</Notice>;
  if (latest.error !== null)
    return (
      <Notice tone="bad" title="The test was not delivered">
        <Untrusted text={latest.error} most={300} />
      </Notice>
    );
  return latest.doneAt === null ? (
    <Notice tone="info">The test is on its way.</Notice>
  ) : (
    <Notice tone="good">The test was delivered.</Notice>
  );
}
