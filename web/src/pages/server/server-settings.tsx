import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Server, ServerPatch } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { counted } from '../../lib/number-text.ts';
import { announce } from '../../ui/announcer.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { HeaderRows, type HeaderRow } from '../servers/add/header-rows.tsx';
import { listTools } from '../servers/add/register.ts';
import { SealedHeaders } from './sealed-headers.tsx';

export function ServerSettings({ server }: { readonly server: Server }) {
  const { may } = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  // Only what somebody changed here is sent: the rest may have been changed by others meanwhile.
  const [draft, setDraft] = useState<Pick<ServerPatch, 'name' | 'url' | 'caseSensitive'>>({});
  const put = (part: typeof draft): void => setDraft({ ...draft, ...part });
  const [headers, setHeaders] = useState<readonly HeaderRow[]>([]);
  const [unsealing, setUnsealing] = useState<string>();
  const [removing, setRemoving] = useState(false);
  const patch = (body: ServerPatch) =>
    call('PATCH /servers/{id}', { path: { id: server.id }, body, version: server.version });
  const save = useChange({
    run: async (body: ServerPatch) => {
      await patch(body);
      const reaches = body.url !== undefined || body.headers !== undefined;
      return reaches && server.auth.status !== 'needs-sign-in' ? listTools(server.id) : undefined;
    },
    touches: CONFIGURATION,
    onDone: (listed) => {
      setDraft({});
      setHeaders([]);
      if (listed === undefined) announce('The server was changed. Calls go by it from now on.');
      else if (listed.toolCount === undefined)
        announce(`Saved, but it does not answer: ${(listed.error as Error).message}`, 'bad');
      else announce(`Saved; it answers, and has ${counted(listed.toolCount, 'tool')}.`);
    },
  });
  const given = headers.filter((row) => row.name !== '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({
      ...draft,
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
            {(ids) => (
              <TextInput
                {...ids}
                required
                value={draft.name ?? server.name}
                onChange={(name) => put({ name })}
              />
            )}
          </Field>
          {server.transport !== 'stdio' && (
            <Field label="URL">
              {(ids) => (
                <TextInput
                  {...ids}
                  required
                  mono
                  type="url"
                  value={draft.url ?? server.url ?? ''}
                  onChange={(url) => put({ url })}
                />
              )}
            </Field>
          )}
          <SealedHeaders names={server.headerNames} onRemove={setUnsealing} />
          {server.transport !== 'stdio' && <HeaderRows rows={headers} onChange={setHeaders} />}
          <div>
            <Checkbox
              checked={draft.caseSensitive ?? server.caseSensitive}
              onChange={(caseSensitive) => put({ caseSensitive })}
            >
              Arguments may differ in case only (the server tells <code>path</code> and <code>Path</code>{' '}
              apart)
            </Checkbox>
          </div>
          {save.isError && <ProblemNotice error={save.error} what="The server could not be changed" />}
          <Button
            look="main"
            type="submit"
            busy={save.isPending}
            disabled={Object.keys(draft).length === 0 && given.length === 0}
          >
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
      {unsealing !== undefined && (
        <ConfirmDialog
          title={`Remove the header ${unsealing}`}
          action="Remove it"
          onClose={() => setUnsealing(undefined)}
          onConfirm={async () => {
            await patch({ headers: { [unsealing]: null } });
            await Promise.all(CONFIGURATION.map((queryKey) => client.invalidateQueries({ queryKey })));
          }}
        >
          Calls go without it from now on. Its value is not shown anywhere: to have it back, write it again.
        </ConfirmDialog>
      )}
      {removing && (
        <ConfirmDialog
          title="Remove the server"
          action="Remove it"
          typed={server.slug}
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await call('DELETE /servers/{id}', { path: { id: server.id } });
            await navigate({ to: '/servers' });
            await client.invalidateQueries({ queryKey: ['inventory'] });
          }}
        >
          Every client that uses it is cut off at once. This cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
