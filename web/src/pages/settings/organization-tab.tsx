import { useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { call } from '../../api/call.ts';
import { request } from '../../api/request.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export function OrganizationTab() {
  const { me, may } = useMe();
  const [name, setName] = useState(me?.organization?.name ?? '');
  const [another, setAnother] = useState('');
  const rename = useChange({
    run: () => call('PATCH /organization', { body: { name } }),
    touches: [['me']],
    done: 'Renamed.',
  });
  const change = useChange({
    run: (organizationId: string) =>
      request('POST', '/api/auth/organization/set-active', { body: { organizationId } }),
    touches: [],
    onDone: () => {
      queryClient.clear();
      window.location.assign('/');
    },
  });
  const make = useChange({
    run: () => call('POST /organizations', { body: { name: another } }),
    touches: [['me']],
    onDone: ({ id }) => change.mutate(id),
  });
  const failed = [rename, change, make].find(({ isError }) => isError);
  return (
    <div className="max-w-xl space-y-4">
      {failed && <ProblemNotice error={failed.error} what="This could not be changed" />}
      <Card title="This organization">
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate(undefined);
          }}
        >
          <Field label="Name">
            {(ids) => (
              <TextInput {...ids} required disabled={!may('admin')} value={name} onChange={setName} />
            )}
          </Field>
          {may('admin') && (
            <Button type="submit" busy={rename.isPending} disabled={name === me?.organization?.name}>
              Rename
            </Button>
          )}
        </form>
      </Card>
      {me?.person && (
        <Card title="Your organizations">
          <ul className="mb-4 divide-y">
            {me.organizations.map(({ id, name: title, role }) => (
              <li key={id} className="flex items-center justify-between gap-3 py-2">
                <span>
                  <span className="font-medium">{title}</span>{' '}
                  <span className="text-[0.8125rem] text-soft">{role.replace('_', ' ')}</span>
                </span>
                {id === me.organization?.id ? (
                  <span className="text-[0.8125rem] text-soft">You are here</span>
                ) : (
                  <Button small busy={change.isPending} onClick={() => change.mutate(id)}>
                    Change to it
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {may('admin') && (
            <form
              className="flex items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                make.mutate(undefined);
              }}
            >
              <Field label="Make another one">
                {(ids) => (
                  <TextInput {...ids} required placeholder="Name" value={another} onChange={setAnother} />
                )}
              </Field>
              <Button type="submit" busy={make.isPending} disabled={another === ''}>
                Make it
              </Button>
            </form>
          )}
        </Card>
      )}
    </div>
  );
}
