import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import { inventoryQuery } from '../../api/queries/inventory.ts';
import type { Grant, Inventory } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { announce } from '../../ui/announcer.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ReachReview } from './reach-review.tsx';
import { reachChanges, reachedOf, serversOf } from './reach-changes.ts';
import { RunsAs } from './runs-as.tsx';
import { ServerChoice } from './server-choice.tsx';

/** Which servers a grant reaches, each under which policy: chosen, then shown as what begins and what stops. */
export function ServersDialog({
  grant: current,
  onClose,
}: {
  readonly grant: Grant;
  readonly onClose: () => void;
}) {
  // As it was when the dialog was opened: what is taken back is that, also once the list has the grant as it is now.
  const [grant] = useState(current);
  const inventory = useQuery(inventoryQuery());
  const [chosen, setChosen] = useState(reachedOf(grant.servers));
  const [ownerId, setOwnerId] = useState('');
  const [reviewing, setReviewing] = useState(false);
  const items = inventory.data ?? [];
  const changes = reachChanges(items, grant.servers, chosen);
  const save = useSaving(grant, onClose);
  const isEmpty = Object.keys(chosen).length === 0;
  return (
    <Dialog
      title={reviewing ? `What changes for ${grant.label}` : `Servers of ${grant.label}`}
      onClose={onClose}
      footer={
        reviewing ? (
          <>
            <Button onClick={() => setReviewing(false)}>Back</Button>
            <Button
              look={changes.some(({ kind }) => kind === 'stops') ? 'danger' : 'main'}
              busy={save.isPending}
              onClick={() =>
                save.mutate({
                  servers: serversOf(grant.servers, chosen),
                  ...(ownerId === '' ? {} : { ownerId }),
                })
              }
            >
              Change it
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="main" disabled={isEmpty || changes.length === 0} onClick={() => setReviewing(true)}>
              See what changes
            </Button>
          </>
        )
      }
    >
      {reviewing ? (
        <>
          <ReachReview changes={changes} />
          {save.isError && <ProblemNotice error={save.error} what="The servers could not be changed" />}
        </>
      ) : (
        <Shown query={inventory} what="The servers could not be read">
          {(all) => (
            <div className="space-y-4">
              <ServerChoice legend="Servers of this grant" items={all} value={chosen} onChange={setChosen} />
              {isEmpty && (
                <p role="status" className="text-sm">
                  A grant reaches one server at least. To end it, revoke it.
                </p>
              )}
              {grant.ownerId === null && needsPerson(all, chosen) && (
                <RunsAs value={ownerId} onChange={setOwnerId} />
              )}
            </div>
          )}
        </Shown>
      )}
    </Dialog>
  );
}

function needsPerson(items: readonly Inventory[], chosen: object): boolean {
  return items.some(({ server }) => server.auth.perUser && server.id in chosen);
}

function useSaving(grant: Grant, onClose: () => void) {
  const patch = (body: { servers: ReturnType<typeof serversOf>; ownerId?: string }) =>
    call('PATCH /grants/{id}', { path: { id: grant.id }, body });
  const undo = useChange({
    run: () => patch({ servers: serversOf(grant.servers, reachedOf(grant.servers)) }),
    touches: CONFIGURATION,
    done: 'The grant reaches what it did before.',
  });
  return useChange({
    run: patch,
    touches: CONFIGURATION,
    onDone: () => {
      announce(`${grant.label} reaches other servers from its next message on.`, 'good', () =>
        undo.mutate(undefined),
      );
      onClose();
    },
  });
}
