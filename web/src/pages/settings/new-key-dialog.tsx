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
      <Dialog
        title="The key"
        onClose={onClose}
        footer={
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        }
      >
        <p className="mb-3">Copy it now: it is shown this once.</p>
        <CodeBlock label="API key" code={make.data.key} />
      </Dialog>
    );
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      footer={
        <Button look="main" type="submit" form="new-key" busy={make.isPending}>
          Make it
        </Button>
      }
    >
      <form
        id="new-key"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(undefined);
        }}
      >
        <Field label="Label" hint="What uses it">
          {(ids) => (
            <TextInput {...ids} required autoFocus maxLength={200} value={label} onChange={setLabel} />
          )}
        </Field>
        <Field label="Role">
          {(ids) => <Select {...ids} value={role} onChange={setRole} choices={ROLE_CHOICES} />}
        </Field>
        <Field label="Expires">
          {(ids) => <Select {...ids} value={days} onChange={setDays} choices={EXPIRIES} />}
        </Field>
        {make.isError && <ProblemNotice error={make.error} what="The key could not be made" />}
      </form>
    </Dialog>
  );
}
