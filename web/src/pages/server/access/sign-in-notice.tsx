import type { Server } from '../../../api/types.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useConnect } from './use-connect.ts';

/** Above everything else while no call can run: who must sign in, and the button to do so. */
export function SignInNotice({ server }: { readonly server: Server }) {
  const { allowed, connect } = useConnect(server);
  const { status, perUser } = server.auth;
  if (status !== 'needs-sign-in') return null;
  const action = allowed && (
    <Button
      look="main"
      small
      className="self-center"
      busy={connect.isPending}
      onClick={() => connect.mutate(undefined)}
    >
      {perUser ? 'Connect as me' : 'Connect'}
    </Button>
  );
  return (
    <div className="mb-4 space-y-2">
      <Notice
        tone="warn"
        title={perUser ? 'You are not signed in at this server' : 'This server needs a sign-in'}
        action={action}
      >
        {perUser
          ? 'Calls run as the person who owns the grant. Yours are refused until you connect.'
          : 'Every call is refused until an admin connects it.'}
      </Notice>
      {connect.isError && <ProblemNotice error={connect.error} what="The sign-in could not be begun" />}
    </div>
  );
}
