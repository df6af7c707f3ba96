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

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const invite = useChange({
    run: () => call('POST /invitations', { body: { email, role } }),
    touches: [['invitations']],
  });
  if (invite.data !== undefined)
    return (
      <MadeDialog
        title="The invitation"
        about="It was mailed, if there is a mail server. You can also hand over the link yourself:"
        label="Link of the invitation"
        code={invite.data.link}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title="Invite somebody"
      action="Invite"
      change={invite}
      failed="The invitation could not be made"
      onClose={onClose}
      onSubmit={() => invite.mutate(undefined)}
    >
      <Field label="E-mail">
        {(ids) => <TextInput {...ids} type="email" required autoFocus value={email} onChange={setEmail} />}
      </Field>
      <Field label="Role">
        {(ids) => <Select {...ids} value={role} onChange={setRole} choices={ROLE_CHOICES} />}
      </Field>
    </FormDialog>
  );
}
