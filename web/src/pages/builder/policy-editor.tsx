import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { CONFIGURATION } from '../../api/changed.ts';
import { ApiProblem } from '../../api/problem.ts';
import { call } from '../../api/call.ts';
import type { Policy, Server, Tool } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Builder } from './builder.tsx';
import { EditorBar } from './editor-bar.tsx';
import { usePolicyText } from './use-policy-text.ts';
import { VersionsPanel } from './versions/versions-panel.tsx';

export function PolicyEditor({
  policy,
  server,
  tools,
  written,
}: {
  readonly policy: Policy;
  readonly server: Server;
  readonly tools: readonly Tool[];
  /** The text in force. */
  readonly written: string;
}) {
  const { may } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { subject, call: decision } = useSearch({ from: '/shell/policies/$policy' });
  const text = usePolicyText(written);
  const [saved, setSaved] = useState({ text: written, version: policy.version });
  const [removing, setRemoving] = useState(false);
  const changed = text.text !== saved.text;
  useBlocker({
    shouldBlockFn: () => changed && !window.confirm('The policy has changes that are not saved. Leave it?'),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  const save = useChange({
    run: (note: string) =>
      call('PUT /policies/{id}', {
        path: { id: policy.id },
        body: { document: text.text, ...(note === '' ? {} : { note }) },
        version: saved.version,
      }),
    touches: CONFIGURATION,
    done: 'Saved. Calls are judged by it from now on.',
    onDone: ({ version }) => setSaved({ text: text.text, version }),
  });
  const conflict = save.error instanceof ApiProblem && save.error.status === 412;
  const reload = async (): Promise<void> => {
    const now = await call('GET /policies/{id}', { path: { id: policy.id } });
    setSaved((one) => ({ ...one, version: now.version }));
    save.reset();
    await client.invalidateQueries({ queryKey: ['policies', policy.id] });
  };
  return (
    <>
      <PageHeader
        above={
          <BackLink to="/servers/$server" params={{ server: server.slug }} search={{ tab: 'policies' }}>
            {server.name}
          </BackLink>
        }
        title={policy.name}
        description={`Version ${saved.version}${changed ? ' · changes that are not saved' : ''}`}
        actions={
          <>
            <EditorBar
              text={text}
              serverId={server.id}
              changed={changed}
              mayEdit={may('policy_manager')}
              saving={save.isPending}
              onSave={(note) => save.mutate(note)}
            />
            {may('policy_manager') && (
              <Menu
                trigger={<Button look="quiet">More</Button>}
                items={[{ text: 'Remove this policy…', harmful: true, onSelect: () => setRemoving(true) }]}
              />
            )}
          </>
        }
      />
      {save.isError && (
        <div className="mb-4">
          <ProblemNotice
            error={save.error}
            what={conflict ? 'Somebody saved another version meanwhile' : 'The policy could not be saved'}
            {...(conflict ? { onRetry: () => void reload() } : {})}
          />
        </div>
      )}
      <Builder
        server={server}
        tools={tools}
        policy={text}
        readOnly={!may('policy_manager')}
        subject={subject ?? null}
        call={decision}
        versions={
          <VersionsPanel
            policy={{ ...policy, version: saved.version }}
            text={text.text}
            mayEdit={may('policy_manager')}
            onRolledBack={() => {
              setSaved({ text: text.text, version: saved.version });
              window.location.reload();
            }}
          />
        }
      />
      {removing && (
        <ConfirmDialog
          title="Remove the policy"
          action="Remove it"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await call('DELETE /policies/{id}', { path: { id: policy.id } });
            await Promise.all(CONFIGURATION.map((queryKey) => client.invalidateQueries({ queryKey })));
            await navigate({
              to: '/servers/$server',
              params: { server: server.slug },
              search: { tab: 'policies' },
              ignoreBlocker: true,
            });
          }}
        >
          Grants that carry it deny every call from then on, until they get another one. This cannot be
          undone.
        </ConfirmDialog>
      )}
    </>
  );
}
