import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Policy, Server, Tool } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Builder } from './builder.tsx';
import { EditorBar } from './editor-bar.tsx';
import { RenamePolicy } from './rename-policy.tsx';
import { usePolicyText } from './use-policy-text.ts';
import { useSavedPolicy } from './use-saved-policy.ts';
import { useUnsaved } from './use-unsaved.ts';
import { NewerVersion } from './versions/newer-version.tsx';
import { VersionsPanel } from './versions/versions-panel.tsx';

export function PolicyEditor({
  policy,
  server,
  tools,
  written,
  author,
}: {
  readonly policy: Policy;
  readonly server: Server;
  readonly tools: readonly Tool[];
  /** The text in force. */
  readonly written: string;
  /** Who saved it. */
  readonly author: string;
}) {
  const { may } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { subject, call: decision } = useSearch({ from: '/shell/policies/$policy' });
  const text = usePolicyText(written);
  const { version, changed, save, isConflict, newer, takeTheirs, keepMine } = useSavedPolicy(
    policy,
    written,
    text,
  );
  const [open, setOpen] = useState<'rename' | 'remove'>();
  useUnsaved(changed, 'The policy has changes that are not saved. Leave it?');
  return (
    <>
      <PageHeader
        above={
          <BackLink to="/servers/$server" params={{ server: server.slug }} search={{ tab: 'policies' }}>
            {server.name}
          </BackLink>
        }
        title={policy.name}
        description={`Version ${version}${changed ? ' · changes that are not saved' : ''}`}
        actions={
          <>
            <EditorBar
              text={text}
              policyId={policy.id}
              serverId={server.id}
              changed={changed}
              mayEdit={may('policy_manager')}
              saving={save.isPending}
              onSave={(note) => save.mutate({ note, document: text.text })}
            />
            {may('policy_manager') && (
              <Menu
                trigger={<Button look="quiet">More</Button>}
                items={[
                  { text: 'Rename…', onSelect: () => setOpen('rename') },
                  { text: 'Remove this policy…', harmful: true, onSelect: () => setOpen('remove') },
                ]}
              />
            )}
          </>
        }
      />
      {newer && (
        <NewerVersion
          version={policy.version}
          author={author}
          theirs={written}
          mine={text.text}
          onTakeTheirs={takeTheirs}
          onKeepMine={keepMine}
        />
      )}
      {save.isError && !isConflict && (
        <div className="mb-4">
          <ProblemNotice error={save.error} what="The policy could not be saved" />
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
            policy={{ ...policy, version }}
            text={text.text}
            mayEdit={may('policy_manager')}
            onRolledBack={takeTheirs}
          />
        }
      />
      {open === 'rename' && (
        <RenamePolicy policy={policy} written={written} onClose={() => setOpen(undefined)} />
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title="Remove the policy"
          action="Remove it"
          onClose={() => setOpen(undefined)}
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
