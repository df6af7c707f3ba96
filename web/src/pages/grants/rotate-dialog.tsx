import { useState } from 'react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Grant, Server } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Select } from '../../ui/select.tsx';
import { ClientConfiguration } from '../start/client-configuration.tsx';
import { grantAddress } from './grant-address.ts';

const OVERLAPS = [
  { value: '0', text: 'Not at all' },
  { value: '300', text: 'For 5 minutes' },
  { value: '3600', text: 'For an hour' },
  { value: '86400', text: 'For a day' },
  { value: '604800', text: 'For a week' },
];

export function RotateDialog({
  server,
  grant,
  onClose,
}: {
  readonly server: Server;
  readonly grant: Grant;
  readonly onClose: () => void;
}) {
  const [overlap, setOverlap] = useState('3600');
  const rotate = useChange({
    run: () =>
      call('POST /grants/{id}/rotate', { path: { id: grant.id }, body: { overlapSeconds: Number(overlap) } }),
    touches: CONFIGURATION,
  });
  if (rotate.data !== undefined)
    return (
      <Dialog wide title="The new token" onClose={onClose}>
        <ClientConfiguration server={grantAddress(server, grant)} token={rotate.data.token} />
      </Dialog>
    );
  return (
    <Dialog
      title={`Rotate the token of ${grant.label}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" busy={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
            Rotate
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <p>The client gets a new token. Give it time to take it over:</p>
        <Field label="The old token still works">
          {(ids) => <Select {...ids} value={overlap} onChange={setOverlap} choices={OVERLAPS} />}
        </Field>
        {rotate.isError && <ProblemNotice error={rotate.error} what="The token could not be rotated" />}
      </div>
    </Dialog>
  );
}
