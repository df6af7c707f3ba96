import { useState } from 'react';
import type { Role } from '../../api/queries/session.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
import { Field } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { MadeDialog } from '../../ui/made-dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ROLE_CHOICES } from './role-choices.ts';

const EXPIRIES = [
  { value: '30', text: 'In 30 days' },
  { value: '90', text: 'In 90 days' },
  { value: '365', text: 'In a year' },
  { value: '', text: 'Never' },
];

export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState('90');
  const make = useChange({
    run: () =>
      call('POST /api-keys', {
        body: { label, role, expiresAt: days === '' ? null : Date.now() + Number(days) * 86_400_000 },
      }),
    touches: [['api-keys']],
  });
  if (make.data !== undefined)
    return (
      <MadeDialog
        title="The key"
        about="Copy it now: it is shown this once."
        label="API key"
        code={make.data.key}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title="New API key"
      action="Make it"
      change={make}
      failed="The key could not be made"
      onClose={onClose}
      onSubmit={() => make.mutate(undefined)}
    >
      <Field label="Label" hint="What uses it">
        {(ids) => <TextInput {...ids} required autoFocus maxLength={200} value={label} onChange={setLabel} />}
      </Field>
      <Field label="Role">
        {(ids) => <Select {...ids} value={role} onChange={setRole} choices={ROLE_CHOICES} />}
      </Field>
      <Field label="Expires">
        {(ids) => <Select {...ids} value={days} onChange={setDays} choices={EXPIRIES} />}
      </Field>
    </FormDialog>
  );
}
