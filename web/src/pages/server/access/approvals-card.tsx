import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../../api/queries/session.ts';
import { call } from '../../../api/call.ts';
import type { ApprovalSettings, Server } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { ROLE_CHOICES } from '../../settings/role-choices.ts';

const PEOPLE = [
  { value: '1', text: 'One person' },
  { value: '2', text: 'Two different people' },
] as const;

/** Who may approve the calls of a server that wait for a person. */
export function ApprovalsCard({ server }: { readonly server: Server }) {
  const settings = useQuery({
    queryKey: ['approval-settings', server.id],
    queryFn: ({ signal }) => call('GET /servers/{id}/approval-settings', { path: { id: server.id }, signal }),
  });
  return (
    <Card title="Who approves its calls">
      <Shown query={settings} what="Who approves could not be read">
        {(found) => <SettingsForm key={JSON.stringify(found)} server={server} found={found} />}
      </Shown>
    </Card>
  );
}

function SettingsForm({ server, found }: { readonly server: Server; readonly found: ApprovalSettings }) {
  const { may } = useMe();
  const admin = may('admin');
  const [role, setRole] = useState<Role>(found.role);
  const [people, setPeople] = useState<'1' | '2'>(found.people === 2 ? '2' : '1');
  const [named, setNamed] = useState(found.approvers.join('\n'));
  const approvers = named
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const save = useChange({
    run: () =>
      call('PUT /servers/{id}/approval-settings', {
        path: { id: server.id },
        body: { role, approvers, people: Number(people) },
      }),
    touches: [['approval-settings', server.id]],
    done: 'It holds for what is asked from now on.',
  });
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <p className="text-soft">
        For calls that a policy sends to approval. What waits already keeps the setting it was asked under.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="The least role that may answer">
          {(ids) => (
            <Select
              {...ids}
              disabled={!admin || approvers.length > 0}
              value={role}
              onChange={setRole}
              choices={ROLE_CHOICES}
            />
          )}
        </Field>
        <Field label="It takes">
          {(ids) => (
            <Select {...ids} disabled={!admin} value={people} onChange={setPeople} choices={PEOPLE} />
          )}
        </Field>
      </div>
      <Field
        label="Only these"
        optional
        hint="One a line, as the admin events name them: a member by their e-mail address. The role does not count then."
      >
        {(ids) => <TextArea {...ids} rows={3} disabled={!admin} value={named} onChange={setNamed} />}
      </Field>
      {save.isError && <ProblemNotice error={save.error} what="This could not be changed" />}
      {admin && (
        <Button type="submit" busy={save.isPending}>
          Save who approves
        </Button>
      )}
    </form>
  );
}
