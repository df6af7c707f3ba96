import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
import { harmless } from '../../lib/harmless.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** Where one is signed in. */
export function Sessions() {
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await call('GET /sessions', { signal })).items,
  });
  const end = useChange({
    run: (id: string) => call('DELETE /sessions/{id}', { path: { id } }),
    touches: [['sessions']],
    done: 'The session is ended.',
  });
  return (
    <Card flush title="Sessions">
      <Shown query={sessions} what="The sessions could not be read">
        {(items) => (
          <ul className="divide-y">
            {items.map(({ id, current, userAgent, address, createdAt }) => (
              <li key={id} className="flex items-center justify-between gap-3 px-4 py-2">
                <div className="min-w-0">
                  <p className="truncate text-sm" title={harmless(userAgent ?? '', 300)}>
                    <Untrusted text={browserName(userAgent ?? '')} most={120} />
                  </p>
                  <p className="text-[0.8125rem] text-soft">
                    {address !== null && `${address} · `}since <TimeAgo time={createdAt} />
                    {current && ' · this one'}
                  </p>
                </div>
                {!current && (
                  <Button small onClick={() => end.mutate(id)}>
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Card>
  );
}

/** "Firefox on Linux"; what is not known is shown as it is. */
function browserName(userAgent: string): string {
  const browser = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'].find((name) =>
    userAgent.includes(`${name}/`),
  );
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((name) =>
    userAgent.includes(name),
  );
  if (browser === undefined || system === undefined) return userAgent || 'Unnamed browser';
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  return `${names[browser] ?? browser} on ${names[system] ?? system}`;
}
