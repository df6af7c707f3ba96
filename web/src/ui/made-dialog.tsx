import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CodeBlock } from './code-block.tsx';
import { Dialog } from './dialog.tsx';

/** What was made, to be copied. */
export function MadeDialog({
  title,
  about,
  label,
  code,
  onClose,
}: {
  readonly title: string;
  readonly about: ReactNode;
  /** What the code is, for those who do not see it. */
  readonly label: string;
  readonly code: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p className="mb-3">{about}</p>
      <CodeBlock label={label} code={code} />
    </Dialog>
  );
}
