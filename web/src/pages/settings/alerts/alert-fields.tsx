import { useQuery } from '@tanstack/react-query';
import { serversQuery } from '../../../api/queries/servers.ts';
import type { Alert } from '../../../api/types.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { CHANNELS, EVENTS, windowsWith } from './event-choices.ts';

export interface AlertFieldsValue {
  readonly name: string;
  readonly channel: Alert['channel'];
  /** A URL, or e-mail addresses with commas between. */
  readonly target: string;
  readonly events: Alert['events'];
  readonly server: string;
  readonly rule: string;
  readonly windowSeconds: string;
  readonly links: boolean;
  readonly enabled: boolean;
}

export function AlertFields({
  value,
  onChange,
  isNew,
}: {
  readonly value: AlertFieldsValue;
  readonly onChange: (value: AlertFieldsValue) => void;
  readonly isNew: boolean;
}) {
  const servers = useQuery(serversQuery());
  const put = (part: Partial<AlertFieldsValue>): void => onChange({ ...value, ...part });
  const byMail = value.channel === 'email';
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">
          {(ids) => (
            <TextInput
              {...ids}
              autoFocus
              required
              maxLength={200}
              value={value.name}
              onChange={(name) => put({ name })}
            />
          )}
        </Field>
        <Field label="Channel">
          {(ids) => (
            <Select
              {...ids}
              disabled={!isNew}
              value={value.channel}
              onChange={(channel) => put({ channel, target: '', links: channel === 'email' })}
              choices={CHANNELS}
            />
          )}
        </Field>
      </div>
      <Field
        label={byMail ? 'To' : 'URL'}
        optional={!isNew}
        hint={
          isNew
            ? byMail
              ? 'E-mail addresses, with commas between'
              : 'Where to post; sealed, and never shown in full again'
            : 'Empty: stays as it is'
        }
      >
        {(ids) => (
          <TextInput
            {...ids}
            mono
            required={isNew}
            type={byMail ? 'text' : 'url'}
            value={value.target}
            onChange={(target) => put({ target })}
          />
        )}
      </Field>
      <fieldset className="min-w-0">
        <legend className="mb-1 text-[0.8125rem] font-medium">Tell when</legend>
        <div className="grid">
          {EVENTS.map(({ event, text }) => (
            <Checkbox
              key={event}
              checked={value.events.includes(event)}
              onChange={(isIn) =>
                put({
                  events: isIn ? [...value.events, event] : value.events.filter((one) => one !== event),
                })
              }
            >
              {text}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Which server">
          {(ids) => (
            <Select
              {...ids}
              value={value.server}
              onChange={(server) => put({ server })}
              choices={[
                { value: '', text: 'Every server' },
                ...(servers.data ?? []).map(({ id, name }) => ({ value: id, text: name })),
              ]}
            />
          )}
        </Field>
        <Field label="The same thing is told">
          {(ids) => (
            <Select
              {...ids}
              value={value.windowSeconds}
              onChange={(windowSeconds) => put({ windowSeconds })}
              choices={windowsWith(value.windowSeconds)}
            />
          )}
        </Field>
      </div>
      <Field label="Only of this rule" optional hint="Its JSON Pointer, as denials name it">
        {(ids) => (
          <TextInput
            {...ids}
            mono
            placeholder="/tools/delete_repo/deny_if/0"
            value={value.rule}
            onChange={(rule) => put({ rule })}
          />
        )}
      </Field>
      <div className="grid">
        <Checkbox checked={value.links} onChange={(links) => put({ links })}>
          Waiting approvals come with a one-time link to answer by
        </Checkbox>
        <Checkbox checked={value.enabled} onChange={(enabled) => put({ enabled })}>
          It is on
        </Checkbox>
      </div>
    </>
  );
}
