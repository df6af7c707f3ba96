import { useId, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A dialog that is filled in and sent off, or left as it was. */
export function FormDialog({
  title,
  action,
  change,
  failed,
  disabled = false,
  onClose,
  onSubmit,
  children,
}: {
  readonly title: ReactNode;
  /** What sending off does: "Save". */
  readonly action: string;
  readonly change: { readonly isPending: boolean; readonly error: unknown };
  /** "The grant could not be changed". */
  readonly failed: string;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  const form = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={form} busy={change.isPending} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {change.error !== null && <ProblemNotice error={change.error} what={failed} />}
      </form>
    </Dialog>
  );
}
