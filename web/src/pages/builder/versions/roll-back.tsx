import { useQueryClient } from '@tanstack/react-query';
import { CONFIGURATION } from '../../../api/changed.ts';
import { call } from '../../../api/call.ts';
import type { Policy, PolicyVersion } from '../../../api/types.ts';
import { announce } from '../../../ui/announcer.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

export function RollBack({
  policy,
  target,
  onClose,
  onDone,
}: {
  readonly policy: Policy;
  readonly target: PolicyVersion;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const client = useQueryClient();
  const roll = async (): Promise<void> => {
    await call('POST /policies/{id}/rollback', {
      path: { id: policy.id },
      body: { version: target.version },
      version: policy.version,
    });
    await Promise.all(CONFIGURATION.map((queryKey) => client.invalidateQueries({ queryKey })));
    announce(`Version ${target.version} is in force again, as version ${policy.version + 1}.`);
    onDone();
  };
  return (
    <ConfirmDialog
      title={`Roll back to version ${target.version}`}
      action="Roll back"
      harmful={false}
      onConfirm={roll}
      onClose={onClose}
    >
      It is saved as version {policy.version + 1} and acts on the next call. Nothing is lost: you can roll
      forward in the same way. What you changed here and did not save goes.
    </ConfirmDialog>
  );
}
