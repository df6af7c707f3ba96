import { useState, type FormEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Server, ServerPatch } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { HeaderRows, type HeaderRow } from '../servers/add/header-rows.tsx';
import { SealedHeaders } from './sealed-headers.tsx';

export function ServerSettings({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const navigate = useNavigate();
  const [name, setName] = useState(server.name);
  const [url, setUrl] = useState(server.url ?? '');
  const [caseSensitive, setCaseSensitive] = useState(server.caseSensitive);
  const [headers, setHeaders] = useState<readonly HeaderRow[]>([]);
  const [removing, setRemoving] = useState(false);
  const save = useChange({
    run: (body: ServerPatch) =>
      call('PATCH /servers/{id}', { path: { id: server.id }, body, version: server.version }),
    touches: CONFIGURATION,
    done: 'The server was changed. Calls go by it from now on.',
    onDone: () => setHeaders([]),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = headers.filter((row) => row.name !== '');
    save.mutate({
      name,
      caseSensitive,
      ...(server.transport === 'stdio' ? {} : { url }),
      ...(given.length === 0
        ? {}
        : { headers: Object.fromEntries(given.map((row) => [row.name, row.value])) }),
    });
  };
  if (!may('admin')) return <Notice>Only admins change servers. Ask one of yours.</Notice>;
  return (
    <div className="max-w-3xl space-y-4">
      {server.source === 'config' && (
        <Notice tone="info">
          This server is in the configuration file: change it there, or the next start undoes it.
        </Notice>
      )}
      <Card title="Connection">
        <form onSubmit={submit} className="space-y-4">
          <Field label="Name" hint={`Its address stays ${server.gatewayUrl}`}>
            {(ids) => <TextInput {...ids} required value={name} onChange={setName} />}
          </Field>
          {server.transport !== 'stdio' && (
            <Field label="URL">
              {(ids) => <TextInput {...ids} required mono type="url" value={url} onChange={setUrl} />}
            </Field>
          )}
          <SealedHeaders
            names={server.headerNames}
            onRemove={(header) => save.mutate({ headers: { [header]: null } })}
          />
          {server.transport !== 'stdio' && <HeaderRows rows={headers} onChange={setHeaders} />}
          <Checkbox checked={caseSensitive} onChange={setCaseSensitive}>
            Arguments may differ in case only (the server tells <code>path</code> and <code>Path</code> apart)
          </Checkbox>
          {save.isError && <ProblemNotice error={save.error} what="The server could not be changed" />}
          <Button look="main" type="submit" busy={save.isPending}>
            Save
          </Button>
        </form>
      </Card>
      <Card title="Remove this server">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-soft">Its policies and grants go with it. Its calls stay in the log.</p>
          <Button look="danger" onClick={() => setRemoving(true)}>
            Remove the server
          </Button>
        </div>
      </Card>
      {removing && (
        <ConfirmDialog
          title="Remove the server"
          action="Remove it"
          typed={server.slug}
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await call('DELETE /servers/{id}', { path: { id: server.id } });
            await navigate({ to: '/servers' });
          }}
        >
          Every client that uses it is cut off at once. This cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
