import { useState } from 'react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Policy } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { Field } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextInput } from '../../ui/text-input.tsx';

/** Another name for a policy; what it says stays. */
export function RenamePolicy({
  policy,
  written,
  onClose,
}: {
  readonly policy: Policy;
  /** The text in force. */
  readonly written: string;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(policy.name);
  const rename = useChange({
    run: () =>
      call('PUT /policies/{id}', {
        path: { id: policy.id },
        body: { name: name.trim(), document: written, note: `Renamed from ${policy.name}` },
        version: policy.version,
      }),
    touches: CONFIGURATION,
    done: 'Renamed.',
    onDone: onClose,
  });
  return (
    <FormDialog
      title="Rename the policy"
      action="Rename"
      change={rename}
      failed="The policy could not be renamed"
      disabled={name.trim() === '' || name.trim() === policy.name}
      onClose={onClose}
      onSubmit={() => rename.mutate(undefined)}
    >
      <Field label="Name" hint={`What it says stays; it is saved as version ${policy.version + 1}`}>
        {(ids) => <TextInput {...ids} required autoFocus maxLength={200} value={name} onChange={setName} />}
      </Field>
    </FormDialog>
  );
}
