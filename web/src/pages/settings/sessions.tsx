import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
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
            {items.map(({ id, current, userAgent, createdAt }) => (
              <li key={id} className="flex items-center justify-between gap-3 px-4 py-2">
                <div className="min-w-0">
                  <p className="truncate text-sm">
                    <Untrusted text={userAgent || 'Unnamed browser'} most={120} />
                  </p>
                  <p className="text-[0.8125rem] text-soft">
                    since <TimeAgo time={createdAt} />
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
