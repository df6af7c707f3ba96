import { useState } from 'react';
import { call } from '../../../api/call.ts';
import type { Alert } from '../../../api/types.ts';
import { useChange } from '../../../api/use-change.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { MadeDialog } from '../../../ui/made-dialog.tsx';
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
      <MadeDialog
        title="The webhook's secret"
        about="Copy it now: it is shown this once. Whoever receives the webhook checks its signature with it (Standard Webhooks)."
        label="Secret of the webhook"
        code={save.data.secret}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title={alert === undefined ? 'New alert' : `Edit ${alert.name}`}
      action={alert === undefined ? 'Make it' : 'Save'}
      change={save}
      failed="The alert could not be saved"
      disabled={value.events.length === 0}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
    >
      <AlertFields value={value} onChange={setValue} isNew={alert === undefined} />
    </FormDialog>
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
