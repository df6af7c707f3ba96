import { useState } from 'react';
import { call } from '../../../api/call.ts';
import type { Alert } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { AlertFields, type AlertFieldsValue } from './alert-fields.tsx';

/** Makes an alert, or changes one; the secret of a new webhook is shown once. */
export function AlertDialog({ alert, onClose }: { readonly alert?: Alert; readonly onClose: () => void }) {
  const [value, setValue] = useState<AlertFieldsValue>({
    name: alert?.name ?? '',
    channel: alert?.channel ?? 'webhook',
    target: '',
    events: alert?.events ?? ['approval_waiting', 'drift', 'upstream_down'],
    server: alert?.server ?? '',
    rule: alert?.rule ?? '',
    windowSeconds: String(alert?.windowSeconds ?? 900),
    links: alert?.links ?? false,
    enabled: alert?.enabled ?? true,
  });
  const save = useChange({
    run: (): Promise<Alert & { readonly secret?: string | undefined }> =>
      alert === undefined
        ? call('POST /alerts', { body: { channel: value.channel, ...bodyOf(value) } })
        : call('PATCH /alerts/{id}', { path: { id: alert.id }, body: bodyOf(value) }),
    touches: [['alerts']],
    onDone: ({ secret }) => {
      if (secret === undefined) onClose();
    },
  });
  if (save.data?.secret !== undefined)
    return (
      <Dialog
        title="The webhook's secret"
        onClose={onClose}
        footer={
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        }
      >
        <p className="mb-3">
          Copy it now: it is shown this once. Whoever receives the webhook checks its signature with it
          (Standard Webhooks).
        </p>
        <CodeBlock label="Secret of the webhook" code={save.data.secret} />
      </Dialog>
    );
  return (
    <Dialog
      title={alert === undefined ? 'New alert' : `Edit ${alert.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="main"
            type="submit"
            form="alert"
            busy={save.isPending}
            disabled={value.events.length === 0}
          >
            {alert === undefined ? 'Make it' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        id="alert"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <AlertFields value={value} onChange={setValue} isNew={alert === undefined} />
        {save.isError && <ProblemNotice error={save.error} what="The alert could not be saved" />}
      </form>
    </Dialog>
  );
}

/** An address that is not given stays as it is. */
function bodyOf({
  target,
  channel,
  server,
  rule,
  windowSeconds,
  name,
  events,
  links,
  enabled,
}: AlertFieldsValue) {
  const to = target
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const where = channel === 'email' ? { to } : { url: target.trim() };
  return {
    name,
    events,
    links,
    enabled,
    windowSeconds: Number(windowSeconds),
    server: server === '' ? null : server,
    rule: rule.trim() === '' ? null : rule.trim(),
    ...(to.length === 0 ? {} : where),
  };
}
