import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import { serverQuery } from '../../api/queries/servers.ts';
import type { Grant } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { exactText } from '../../lib/time-text.ts';
import { Field } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { EXPIRIES, expiryOf } from './expiries.ts';
import { ownerBody } from './owner-body.ts';
import { RunsAs } from './runs-as.tsx';
import { OwnerFields, type OwnerInput } from './owner-fields.tsx';

const AS_IT_IS = 'as it is';

export function EditDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const [label, setLabel] = useState(grant.label);
  const [owner, setOwner] = useState<OwnerInput>({
    owner: grant.owner ?? '',
    tags: grant.tags.join(', '),
    addresses: grant.allowedAddresses.join(', '),
  });
  const [ownerId, setOwnerId] = useState('');
  const [days, setDays] = useState(AS_IT_IS);
  const { data: server } = useQuery(serverQuery(grant.serverId));
  const takesPerson = grant.ownerId === null && server?.auth.perUser === true;
  const save = useChange({
    run: () =>
      call('PATCH /grants/{id}', {
        path: { id: grant.id },
        body: {
          label,
          ...ownerBody(owner),
          ...(ownerId === '' ? {} : { ownerId }),
          ...(days === AS_IT_IS ? {} : { expiresAt: expiryOf(days) }),
        },
      }),
    touches: CONFIGURATION,
    done: 'The grant was changed.',
    onDone: onClose,
  });
  return (
    <FormDialog
      title={`Edit ${grant.label}`}
      action="Save"
      change={save}
      failed="The grant could not be changed"
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
    >
      <Field label="Label">
        {(ids) => <TextInput {...ids} required maxLength={200} value={label} onChange={setLabel} />}
      </Field>
      <Field label="Expires">
        {(ids) => (
          <Select
            {...ids}
            value={days}
            onChange={setDays}
            choices={[
              {
                value: AS_IT_IS,
                text: `As it is: ${grant.expiresAt === null ? 'never' : exactText(grant.expiresAt)}`,
              },
              ...EXPIRIES,
            ]}
          />
        )}
      </Field>
      {takesPerson && <RunsAs value={ownerId} onChange={setOwnerId} />}
      <OwnerFields value={owner} onChange={(part) => setOwner({ ...owner, ...part })} />
    </FormDialog>
  );
}
