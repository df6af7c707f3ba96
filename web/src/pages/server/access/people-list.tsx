import { useQuery } from '@tanstack/react-query';
import { call } from '../../../api/call.ts';
import type { Server } from '../../../api/types.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

/** Who of the members has signed in at a server where everybody does so for themself. */
export function PeopleList({ server }: { readonly server: Server }) {
  const people = useQuery({
    queryKey: ['connections', server.id],
    queryFn: ({ signal }) => call('GET /servers/{id}/connections', { path: { id: server.id }, signal }),
  });
  return (
    <Shown query={people} what="Who is connected could not be read">
      {({ items }) =>
        items.length === 0 ? (
          <p className="text-soft">Nobody has an account yet: invite people under Settings.</p>
        ) : (
          <ul aria-label="Members" className="divide-y rounded-md border">
            {items.map(({ personId, name, email, status }) => (
              <li key={personId} className="flex flex-wrap items-center justify-between gap-3 px-3 py-2">
                <span className="min-w-0">
                  <span className="font-medium">
                    <Untrusted text={name} most={100} />
                  </span>{' '}
                  <span className="text-[0.8125rem] text-soft">
                    <Untrusted text={email} most={200} />
                  </span>
                </span>
                <Badge tone={status === 'connected' ? 'good' : 'plain'}>
                  {status === 'connected' ? 'Connected' : 'Not connected'}
                </Badge>
              </li>
            ))}
          </ul>
        )
      }
    </Shown>
  );
}
