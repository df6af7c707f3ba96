import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { listAll } from '../../../api/list-all.ts';
import { membersQuery } from '../../../api/queries/members.ts';
import { call } from '../../../api/call.ts';
import type { Server } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';
import { counted } from '../../../lib/number-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

type Members = readonly string[] | null;

/** Who sees a server: everybody in the organization, or admins and those who are named. */
export function MembersCard({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const members = useQuery({
    queryKey: ['server-members', server.id],
    queryFn: ({ signal }) => call('GET /servers/{id}/members', { path: { id: server.id }, signal }),
  });
  return (
    <Card title="Who sees this server">
      <Shown query={members} what="Who sees this server could not be read">
        {({ members: named }) =>
          may('admin') ? (
            <MembersForm key={JSON.stringify(named)} server={server} named={named} />
          ) : (
            <p>
              {named === null
                ? 'Everybody in the organization.'
                : `Admins, and ${counted(named.length, 'person or API key', 'people or API keys')} that they named.`}
            </p>
          )
        }
      </Shown>
    </Card>
  );
}

function MembersForm({ server, named }: { readonly server: Server; readonly named: Members }) {
  const people = useQuery(membersQuery());
  const keys = useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => listAll('GET /api-keys', { signal }),
  });
  const [chosen, setChosen] = useState<Members>(named);
  const save = useChange({
    run: () =>
      call('PUT /servers/{id}/members', {
        path: { id: server.id },
        body: { members: chosen === null ? null : [...chosen] },
      }),
    touches: [['server-members', server.id]],
    done: 'Who sees this server was changed.',
  });
  const choices = [
    ...(people.data ?? [])
      .filter(({ role }) => role !== 'admin')
      .map(({ personId, name, email }) => ({ id: personId, name, note: email })),
    ...(keys.data ?? [])
      .filter(({ role }) => role !== 'admin')
      .map(({ id, label }) => ({ id, name: label, note: 'API key' })),
  ];
  const set = (id: string, isIn: boolean): void =>
    setChosen(isIn ? [...(chosen ?? []), id] : (chosen ?? []).filter((one) => one !== id));
  return (
    <form
      className="flex flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Segmented
        label="Who sees this server"
        value={chosen === null ? 'all' : 'named'}
        onChange={(value) => setChosen(value === 'all' ? null : (named ?? []))}
        segments={[
          { value: 'all', text: 'Everybody in the organization' },
          { value: 'named', text: 'Admins and these' },
        ]}
      />
      {chosen !== null &&
        (choices.length === 0 ? (
          <p className="text-soft">There is nobody but admins, and they see every server.</p>
        ) : (
          <ul aria-label="People and API keys" className="w-full divide-y rounded-md border">
            {choices.map(({ id, name, note }) => (
              <li key={id} className="px-3 py-1">
                <Checkbox checked={chosen.includes(id)} onChange={(isIn) => set(id, isIn)}>
                  <Untrusted text={name} most={100} />{' '}
                  <span className="text-[0.8125rem] text-soft">
                    <Untrusted text={note} most={200} />
                  </span>
                </Checkbox>
              </li>
            ))}
          </ul>
        ))}
      {save.isError && <ProblemNotice error={save.error} what="This could not be changed" />}
      <Button type="submit" busy={save.isPending} disabled={JSON.stringify(chosen) === JSON.stringify(named)}>
        Save who sees it
      </Button>
    </form>
  );
}
