import { useState } from 'react';
import { CONFIGURATION } from '../../../api/changed.ts';
import { call } from '../../../api/call.ts';
import type { Server } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { AuthFields, authBody, NO_AUTH, type AuthChoice } from '../../servers/auth-fields.tsx';

/** Changes how the gateway signs in at a server. */
export function AuthDialog({ server, onClose }: { readonly server: Server; readonly onClose: () => void }) {
  const { auth } = server;
  const [value, setValue] = useState<AuthChoice>({
    ...NO_AUTH,
    kind: auth.perUser ? 'per-user' : auth.kind,
    clientId: auth.clientId ?? '',
  });
  const save = useChange({
    run: () =>
      call('PATCH /servers/{id}', {
        path: { id: server.id },
        body: { auth: authBody(value) },
        version: server.version,
      }),
    touches: [...CONFIGURATION, ['connections']],
    done: 'The sign-in was changed.',
    onDone: onClose,
  });
  return (
    <FormDialog
      title="How the gateway signs in"
      action="Save"
      change={save}
      failed="The sign-in could not be changed"
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
    >
      <Notice tone="warn">Saving forgets every sign-in at this server, and its Authorization header.</Notice>
      <AuthFields value={value} onChange={setValue} />
    </FormDialog>
  );
}
