import { useEffect } from 'react';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { Grant, Server } from '../../api/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ClientConfiguration } from '../start/client-configuration.tsx';
import { grantAddress } from './grant-address.ts';

/** The token again; that it was shown is in the admin events. */
export function RevealDialog({
  server,
  grant,
  onClose,
}: {
  readonly server: Server;
  readonly grant: Grant;
  readonly onClose: () => void;
}) {
  const reveal = useMutation({
    mutationFn: () => call('POST /grants/{id}/reveal', { path: { id: grant.id } }),
  });
  const { mutate } = reveal;
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog wide title={`Configuration of ${grant.label}`} onClose={onClose}>
      {reveal.isError && (
        <ProblemNotice error={reveal.error} what="The token could not be shown" onRetry={() => mutate()} />
      )}
      {reveal.data === undefined ? (
        !reveal.isError && <Loading />
      ) : (
        <ClientConfiguration server={grantAddress(server, grant)} token={reveal.data.token} />
      )}
    </Dialog>
  );
}
