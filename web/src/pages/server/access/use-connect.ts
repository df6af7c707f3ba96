import { call } from '../../../api/call.ts';
import type { Server } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';

/** Begins a sign-in at a server and leaves for its authorization server, which sends the browser back here. */
export function useConnect({ id, slug, auth }: Server) {
  const { me, may } = useMe();
  const allowed = auth.perUser ? me?.person !== null && me !== undefined : may('admin');
  const connect = useChange({
    run: () =>
      call(auth.perUser ? 'POST /servers/{id}/connect-me' : 'POST /servers/{id}/connect', {
        path: { id },
        body: { returnTo: `/servers/${encodeURIComponent(slug)}?tab=access` },
      }),
    touches: [['servers'], ['inventory'], ['connections']],
    onDone: ({ authorizationUrl }) => {
      if (authorizationUrl !== null) window.location.assign(authorizationUrl);
    },
  });
  const disconnect = () =>
    call(auth.perUser ? 'POST /servers/{id}/disconnect-me' : 'POST /servers/{id}/disconnect', {
      path: { id },
    });
  return { allowed, connect, disconnect };
}
