import { useState } from 'react';
import { Redo2, Undo2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import type { PolicyText } from './use-policy-text.ts';
import { WhatChanges } from './what-changes.tsx';
import { useValidation } from './use-validation.ts';

/** Undo, redo and save. */
export function EditorBar({
  text,
  policyId,
  serverId,
  changed,
  mayEdit,
  saving,
  onSave,
}: {
  readonly text: PolicyText;
  readonly policyId: string;
  readonly serverId: string;
  readonly changed: boolean;
  readonly mayEdit: boolean;
  readonly saving: boolean;
  readonly onSave: (note: string) => void;
}) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const { validation } = useValidation(text.text, serverId);
  if (!mayEdit) return null;
  const invalid = validation?.valid === false;
  return (
    <>
      <IconButton label="Undo" disabled={!text.canUndo} onClick={text.undo}>
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton label="Redo" disabled={!text.canRedo} onClick={text.redo}>
        <Redo2 aria-hidden />
      </IconButton>
      <Button
        look="main"
        busy={saving}
        disabled={!changed || invalid}
        title={invalid ? 'Mend what the JSON view names first' : undefined}
        onClick={() => setAsking(true)}
      >
        Save
      </Button>
      {asking && (
        <Dialog
          title="Save the policy"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button look="main" type="submit" form="save-policy">
                Save and put in force
              </Button>
            </>
          }
        >
          <form
            id="save-policy"
            className="space-y-4"
            onSubmit={(event) => {
              event.preventDefault();
              setAsking(false);
              setNote('');
              onSave(note);
            }}
          >
            <Field label="What changed, and why" optional hint="Shown in the versions">
              {(ids) => <TextInput {...ids} autoFocus maxLength={1000} value={note} onChange={setNote} />}
            </Field>
            <WhatChanges policyId={policyId} serverId={serverId} text={text.text} />
          </form>
        </Dialog>
      )}
    </>
  );
}
