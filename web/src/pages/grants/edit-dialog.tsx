import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import { serverQuery } from '../../api/queries/servers.ts';
import type { Grant } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ownerBody } from './owner-body.ts';
import { RunsAs } from './runs-as.tsx';
import { OwnerFields, type OwnerInput } from './owner-fields.tsx';

export function EditDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const [label, setLabel] = useState(grant.label);
  const [owner, setOwner] = useState<OwnerInput>({
    owner: grant.owner ?? '',
    tags: grant.tags.join(', '),
    addresses: grant.allowedAddresses.join(', '),
  });
  const [ownerId, setOwnerId] = useState('');
  const { data: server } = useQuery(serverQuery(grant.serverId));
  const takesPerson = grant.ownerId === null && server?.auth.perUser === true;
  const save = useChange({
    run: () =>
      call('PATCH /grants/{id}', {
        path: { id: grant.id },
        body: { label, ...ownerBody(owner), ...(ownerId === '' ? {} : { ownerId }) },
      }),
    touches: CONFIGURATION,
    done: 'The grant was changed.',
    onDone: onClose,
  });
  return (
    <Dialog
      title={`Edit ${grant.label}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form="edit-grant" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form
        id="edit-grant"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <Field label="Label">
          {(ids) => <TextInput {...ids} required maxLength={200} value={label} onChange={setLabel} />}
        </Field>
        {takesPerson && <RunsAs value={ownerId} onChange={setOwnerId} />}
        <OwnerFields value={owner} onChange={(part) => setOwner({ ...owner, ...part })} />
        {save.isError && <ProblemNotice error={save.error} what="The grant could not be changed" />}
      </form>
    </Dialog>
  );
}
