import { useState } from 'react';
import type { Role } from '../../api/queries/session.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
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
  return (
    <Dialog
      title="Invite somebody"
      onClose={onClose}
      footer={
        invite.data === undefined ? (
          <Button look="main" type="submit" form="invite" busy={invite.isPending}>
            Invite
          </Button>
        ) : (
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        )
      }
    >
      {invite.data === undefined ? (
        <form
          id="invite"
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            invite.mutate(undefined);
          }}
        >
          <Field label="E-mail">
            {(ids) => (
              <TextInput {...ids} type="email" required autoFocus value={email} onChange={setEmail} />
            )}
          </Field>
          <Field label="Role">
            {(ids) => <Select {...ids} value={role} onChange={setRole} choices={ROLE_CHOICES} />}
          </Field>
          {invite.isError && <ProblemNotice error={invite.error} what="The invitation could not be made" />}
        </form>
      ) : (
        <div className="space-y-3">
          <p>It was mailed, if there is a mail server. You can also hand over the link yourself:</p>
          <CodeBlock label="Link of the invitation" code={invite.data.link} />
        </div>
      )}
    </Dialog>
  );
}
