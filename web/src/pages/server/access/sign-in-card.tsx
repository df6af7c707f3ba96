import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Server } from '../../../api/types.ts';
import { useMe } from '../../../app/use-me.ts';
import { announce } from '../../../ui/announcer.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { AuthDialog } from './auth-dialog.tsx';
import { PeopleList } from './people-list.tsx';
import { useConnect } from './use-connect.ts';

const KINDS = {
  headers: 'Calls carry the sealed headers of this server.',
  oauth: 'One account at the server serves all calls.',
  client_credentials: 'The gateway signs in by itself, with its client credentials.',
} as const;

/** How the gateway gets into the server: what is set up, whether it is connected, and by whom. */
export function SignInCard({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const [setting, setSetting] = useState(false);
  const { auth, transport, headerNames } = server;
  const admin = may('admin');
  return (
    <Card
      title="Sign-in at the server"
      actions={
        admin &&
        transport !== 'stdio' && (
          <Button small onClick={() => setSetting(true)}>
            Change how
          </Button>
        )
      }
    >
      <div className="space-y-4">
        <p>
          {auth.perUser
            ? 'Everybody signs in for themself: calls run as the person who owns the grant.'
            : auth.kind === 'headers' && headerNames.length === 0
              ? 'Calls carry no credentials. If the server wants some, add a header under Settings, or change how.'
              : KINDS[auth.kind]}
        </p>
        {auth.status !== null && <Connected server={server} />}
        {auth.perUser && admin && <PeopleList server={server} />}
      </div>
      {setting && <AuthDialog server={server} onClose={() => setSetting(false)} />}
    </Card>
  );
}

function Connected({ server }: { readonly server: Server }) {
  const { allowed, connect, disconnect } = useConnect(server);
  const client = useQueryClient();
  const [ending, setEnding] = useState(false);
  const { perUser, status, scopes, expiresAt } = server.auth;
  const isConnected = status === 'connected';
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <Badge tone={isConnected ? 'good' : 'warn'}>
            {isConnected ? (perUser ? 'You are connected' : 'Connected') : 'Not connected'}
          </Badge>
          {isConnected && scopes.length > 0 && (
            <span className="text-[0.8125rem] text-soft [overflow-wrap:anywhere]">
              Granted: {scopes.join(', ')}
            </span>
          )}
          {isConnected && expiresAt !== null && (
            <span className="text-[0.8125rem] text-soft">
              The token ends <TimeAgo time={expiresAt} />, and is refreshed before
            </span>
          )}
        </p>
        {allowed && (
          <span className="flex gap-2">
            <Button
              look={isConnected ? 'plain' : 'main'}
              busy={connect.isPending}
              onClick={() => connect.mutate(undefined)}
            >
              {isConnected ? 'Connect anew' : perUser ? 'Connect as me' : 'Connect'}
            </Button>
            {isConnected && (
              <Button look="danger" onClick={() => setEnding(true)}>
                Disconnect
              </Button>
            )}
          </span>
        )}
      </div>
      {!allowed && (
        <p className="text-[0.8125rem] text-soft">
          {perUser ? 'Sign in to Portcullis as a person to connect.' : 'Only admins connect a server.'}
        </p>
      )}
      {connect.isError && <ProblemNotice error={connect.error} what="The sign-in could not be begun" />}
      {ending && (
        <ConfirmDialog
          title="Disconnect"
          action="Disconnect"
          onClose={() => setEnding(false)}
          onConfirm={async () => {
            const { revoked } = await disconnect();
            await client.invalidateQueries({ queryKey: ['servers'] });
            await client.invalidateQueries({ queryKey: ['connections'] });
            announce(
              revoked ? 'Disconnected.' : 'Disconnected here; the authorization server did not confirm it.',
            );
          }}
        >
          {perUser
            ? 'Your tokens for this server are forgotten and revoked. Calls of your grants are refused.'
            : 'The tokens are forgotten and revoked. Every call is refused until somebody connects it again.'}
        </ConfirmDialog>
      )}
    </div>
  );
}
