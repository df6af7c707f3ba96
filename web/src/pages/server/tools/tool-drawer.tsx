import { CONFIGURATION } from '../../../api/changed.ts';
import { call } from '../../../api/call.ts';
import type { Server, Tool, ToolClass } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMe } from '../../../app/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { ClassBadge } from '../../../ui/class-badge.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { SeverityBadge } from '../../../ui/severity-badge.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { CLASS_CHOICES } from './class-choices.ts';
import { EvidenceList } from './evidence-list.tsx';
import { ParameterTable } from './parameter-table.tsx';

interface ToolChange {
  readonly classOverride?: ToolClass | null;
  readonly repin?: true;
}

/** Everything that is known of a tool, and why it has its class. */
export function ToolDrawer({
  server,
  tool,
  onClose,
}: {
  readonly server: Server;
  readonly tool: Tool;
  readonly onClose: () => void;
}) {
  const { may } = useMe();
  const change = useChange({
    run: (body: ToolChange) =>
      call('PATCH /servers/{id}/tools/{tool}', { path: { id: server.id, tool: tool.name }, body }),
    touches: CONFIGURATION,
    done: 'Saved.',
  });
  const own = CLASS_CHOICES.filter(({ value }) => value !== '');
  return (
    <Dialog
      side
      title={<Untrusted text={tool.name} most={120} className="font-mono text-sm" />}
      onClose={onClose}
    >
      <div className="space-y-5">
        <div className="flex flex-wrap gap-1">
          <SeverityBadge severity={tool.severity} />
          {tool.classes.map((name) => (
            <ClassBadge key={name} name={name} />
          ))}
        </div>
        {tool.drifted && (
          <Notice
            tone="warn"
            title="Its definition changed since it was accepted"
            action={
              may('policy_manager') && (
                <Button small busy={change.isPending} onClick={() => change.mutate({ repin: true })}>
                  Accept it as it is
                </Button>
              )
            }
          >
            Read it below: a server that changes what a tool does can turn a harmless tool into a harmful one.
          </Notice>
        )}
        <p className="whitespace-pre-wrap">
          <Untrusted text={tool.definition.description ?? 'The server says nothing about it.'} most={5000} />
        </p>
        <EvidenceList tool={tool} />
        <ParameterTable schema={tool.definition.inputSchema} />
        {may('policy_manager') && (
          <Field label="Class" hint="Yours counts; rules for classes follow it.">
            {(ids) => (
              <Select
                {...ids}
                value={tool.classOverride ?? ''}
                onChange={(value) =>
                  change.mutate({ classOverride: value === '' ? null : (value as ToolClass) })
                }
                choices={[{ value: '', text: `As found: ${tool.class}` }, ...own]}
              />
            )}
          </Field>
        )}
        {change.isError && <ProblemNotice error={change.error} what="The tool could not be changed" />}
        <details>
          <summary className="text-sm font-medium">Definition as the server sent it</summary>
          <pre
            tabIndex={0}
            className="mt-2 max-h-80 overflow-auto rounded-md border bg-sunken p-3 font-mono text-xs"
          >
            <Untrusted text={JSON.stringify(tool.definition, null, 2)} most={20_000} />
          </pre>
          <p className="mt-1 font-mono text-xs text-soft [overflow-wrap:anywhere]">SHA-256 {tool.digest}</p>
        </details>
      </div>
    </Dialog>
  );
}
