import { useState } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Redo2, Undo2 } from 'lucide-react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Server, Tool } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Builder } from './builder.tsx';
import { StartFrom } from './start-from.tsx';
import { usePolicyText } from './use-policy-text.ts';
import { useUnsaved } from './use-unsaved.ts';
import { useValidation } from './use-validation.ts';

const CLOSED = '{\n  "version": "1",\n  "default": "deny"\n}\n';

export function NewPolicy({
  server,
  tools,
  taken,
  beginning = CLOSED,
}: {
  readonly server: Server;
  readonly tools: readonly Tool[];
  /** Names of the policies that the server has. */
  readonly taken: readonly string[];
  /** The text to begin with; everything is denied unless given. */
  readonly beginning?: string | undefined;
}) {
  const navigate = useNavigate();
  const { next, tool, call: decision } = useSearch({ from: '/shell/servers/$server/policies/new' });
  const text = usePolicyText(beginning);
  const [name, setName] = useState(() => freeName(`${server.slug}-policy`, taken));
  const [isMade, setMade] = useState(false);
  useUnsaved(text.text !== beginning && !isMade, 'The policy is not made yet. Leave it?');
  const { validation } = useValidation(text.text, server.id);
  const make = useChange({
    run: () =>
      call('POST /servers/{id}/policies', { path: { id: server.id }, body: { name, document: text.text } }),
    touches: CONFIGURATION,
    done: 'The policy is made. Give it to a grant, and calls with that grant are judged by it.',
    onDone: (policy) => {
      setMade(true);
      void (next === 'start'
        ? navigate({
            to: '/start',
            search: { server: server.id, policy: policy.id },
            ignoreBlocker: true,
          })
        : navigate({ to: '/policies/$policy', params: { policy: policy.id }, ignoreBlocker: true }));
    },
  });
  return (
    <>
      <PageHeader
        above={
          <BackLink to="/servers/$server" params={{ server: server.slug }} search={{ tab: 'policies' }}>
            {server.name}
          </BackLink>
        }
        title="New policy"
        description="Choose what holds for each tool, or paste a policy into the JSON view."
        actions={
          <form
            className="flex flex-wrap items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              make.mutate(undefined);
            }}
          >
            <IconButton label="Undo" disabled={!text.canUndo} onClick={text.undo}>
              <Undo2 aria-hidden />
            </IconButton>
            <IconButton label="Redo" disabled={!text.canRedo} onClick={text.redo}>
              <Redo2 aria-hidden />
            </IconButton>
            <div className="w-52">
              <TextInput
                aria-label="Name of the policy"
                required
                maxLength={200}
                value={name}
                onChange={setName}
              />
            </div>
            <Button look="main" type="submit" busy={make.isPending} disabled={validation?.valid === false}>
              Create the policy
            </Button>
          </form>
        }
      />
      {make.isError && (
        <div className="mb-4">
          <ProblemNotice error={make.error} what="The policy could not be made" />
        </div>
      )}
      <StartFrom tools={tools} onChoose={(chosen) => text.apply(chosen)} />
      <Builder
        server={server}
        tools={tools}
        policy={text}
        readOnly={false}
        subject={tool ?? null}
        call={decision}
      />
    </>
  );
}

/** The name, or the first of `name-2`, `name-3` … that no policy has. */
function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const numbers = Array.from({ length: taken.length }, (_, index) => `${name}-${index + 2}`);
  return numbers.find((one) => !taken.includes(one)) ?? name;
}
