import { useSearch } from '@tanstack/react-router';
import type { Server } from '../../../api/types.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ApprovalsCard } from './approvals-card.tsx';
import { MembersCard } from './members-card.tsx';
import { SignInCard } from './sign-in-card.tsx';

/** How the gateway gets into a server, who sees it, and who approves its calls. */
export function AccessTab({ server }: { readonly server: Server }) {
  const { connected, connect_error: failed } = useSearch({ from: '/shell/servers/$server' });
  return (
    <div className="max-w-3xl space-y-4">
      {failed !== undefined ? (
        <Notice tone="bad" title="The sign-in did not work">
          The authorization server or the gateway ended it ({failed}). Begin it again; the gateway's log has
          the reason.
        </Notice>
      ) : (
        connected !== undefined && <Notice tone="good">The sign-in worked. Calls use it from now on.</Notice>
      )}
      <SignInCard server={server} />
      <MembersCard server={server} />
      <ApprovalsCard server={server} />
    </div>
  );
}
