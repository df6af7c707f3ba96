import { request } from '../../../api/request.ts';
import type { Server } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';

interface Begun {
  readonly authorizationUrl: string | null;
}

/** Begins a sign-in at a server and leaves for its authorization server, which sends the browser back here. */
export function useConnect({ id, slug, auth }: Server) {
  const { me, may } = useMe();
  const own = auth.perUser ? '-me' : '';
  const allowed = auth.perUser ? me?.person !== null && me !== undefined : may('admin');
  const connect = useChange({
    run: () =>
      request<Begun>('POST', `/servers/${id}/connect${own}`, {
        body: { returnTo: `/servers/${encodeURIComponent(slug)}?tab=access` },
      }),
    touches: [['servers'], ['inventory'], ['connections']],
    onDone: ({ authorizationUrl }) => {
      if (authorizationUrl !== null) window.location.assign(authorizationUrl);
    },
  });
  return { allowed, connect, path: `/servers/${id}/disconnect${own}` };
}
