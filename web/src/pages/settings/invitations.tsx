import { useQuery } from '@tanstack/react-query';
import { listAll } from '../../api/list-all.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** Invitations that nobody took yet. */
export function Invitations() {
  const { data = [], error } = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => listAll('GET /invitations', { signal }),
  });
  const remove = useChange({
    run: (id: string) => call('DELETE /invitations/{id}', { path: { id } }),
    touches: [['invitations']],
    done: 'The invitation is taken back.',
  });
  if (error !== null) return <ProblemNotice error={error} what="The invitations could not be read" />;
  if (data.length === 0) return null;
  return (
    <Card flush title="Open invitations">
      <ul className="divide-y">
        {data.map(({ id, email, role, expiresAt, link }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2.5">
            <div className="min-w-0">
              <p className="font-medium">
                <Untrusted text={email} most={200} />
              </p>
              <p className="text-[0.8125rem] text-soft">
                {role.replace('_', ' ')} · ends <TimeAgo time={expiresAt} />
              </p>
            </div>
            <div className="flex gap-2">
              <CopyButton text={link} label="Copy the link" />
              <Button small look="danger" onClick={() => remove.mutate(id)}>
                Take back
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
