import { useQueryClient } from '@tanstack/react-query';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Grant } from '../../api/types.ts';
import { announce } from '../../ui/announcer.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

export function RevokeDialog({ grant, onClose }: { readonly grant: Grant; readonly onClose: () => void }) {
  const client = useQueryClient();
  return (
    <ConfirmDialog
      title={`Revoke ${grant.label}`}
      action="Revoke it"
      onClose={onClose}
      onConfirm={async () => {
        await call('DELETE /grants/{id}', { path: { id: grant.id } });
        await Promise.all(CONFIGURATION.map((queryKey) => client.invalidateQueries({ queryKey })));
        announce('The grant is revoked: its next message is refused.');
      }}
    >
      Its client is cut off with the next message, and open streams end. A revoked grant cannot come back;
      mint another one instead. To stop calls for a while, take its policy away.
    </ConfirmDialog>
  );
}
