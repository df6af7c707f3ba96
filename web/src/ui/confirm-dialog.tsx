import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { TextInput } from './text-input.tsx';

/** Asks before something that cannot be taken back; says what will happen, and what failed if it did. */
export function ConfirmDialog({
  title,
  children,
  action,
  typed,
  onConfirm,
  onClose,
  harmful = true,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  /** A word that must be typed first. */
  readonly typed?: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly harmful?: boolean;
}) {
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = (): void => {
    setBusy(true);
    onConfirm().then(onClose, (reason: unknown) => {
      setError(reason);
      setBusy(false);
    });
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={harmful ? 'danger' : 'main'}
            busy={busy}
            disabled={typed !== undefined && word !== typed}
            onClick={confirm}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <div>{children}</div>
        {typed !== undefined && (
          <Field label={`Type "${typed}" to confirm`}>
            {(ids) => <TextInput {...ids} value={word} onChange={setWord} />}
          </Field>
        )}
        {error !== undefined && <ProblemNotice error={error} what={`${title}: this failed`} />}
      </div>
    </Dialog>
  );
}
