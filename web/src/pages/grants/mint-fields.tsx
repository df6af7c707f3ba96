import type { Inventory } from '../../api/types.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { EXPIRIES } from './expiries.ts';
import { ServerChoice, type Reached } from './server-choice.tsx';
import { RunsAs } from './runs-as.tsx';
import { OwnerFields, type OwnerInput } from './owner-fields.tsx';

export interface MintInput extends OwnerInput {
  readonly serverId: string;
  readonly label: string;
  readonly policyId: string;
  readonly further: Reached;
  readonly days: string;
  /** As whom its calls run; empty for nobody. */
  readonly ownerId: string;
}

export function MintFields({
  items,
  value,
  onChange,
}: {
  readonly items: readonly Inventory[];
  readonly value: MintInput;
  readonly onChange: (value: MintInput) => void;
}) {
  const item = items.find(({ server }) => server.id === value.serverId);
  const isPersonal = items.some(
    ({ server: { id, auth } }) => auth.perUser === true && (id === value.serverId || id in value.further),
  );
  const put = (part: Partial<MintInput>): void => onChange({ ...value, ...part });
  return (
    <>
      {items.length > 1 && (
        <Field label="Server">
          {(ids) => (
            <Select
              {...ids}
              value={value.serverId}
              onChange={(serverId) =>
                put({
                  serverId,
                  further: {},
                  policyId: items.find(({ server }) => server.id === serverId)?.policies[0]?.id ?? '',
                })
              }
              choices={items.map(({ server }) => ({ value: server.id, text: server.name }))}
            />
          )}
        </Field>
      )}
      <Field label="Label" hint="Who or what uses it: one grant for each client">
        {(ids) => (
          <TextInput
            {...ids}
            autoFocus
            required
            maxLength={200}
            placeholder="alice-laptop"
            value={value.label}
            onChange={(label) => put({ label })}
          />
        )}
      </Field>
      <Field label="Policy">
        {(ids) => (
          <Select
            {...ids}
            value={value.policyId}
            onChange={(policyId) => put({ policyId })}
            choices={[
              ...(item?.policies ?? []).map(({ id, name }) => ({ value: id, text: name })),
              { value: '', text: 'No policy: every call is denied' },
            ]}
          />
        )}
      </Field>
      {items.length > 1 && (
        <ServerChoice
          legend="More servers in the same grant"
          items={items.filter(({ server }) => server.id !== value.serverId)}
          value={value.further}
          onChange={(further) => put({ further })}
        />
      )}
      <Field label="Expires">
        {(ids) => (
          <Select {...ids} value={value.days} onChange={(days) => put({ days })} choices={EXPIRIES} />
        )}
      </Field>
      {isPersonal && <RunsAs value={value.ownerId} onChange={(ownerId) => put({ ownerId })} />}
      <OwnerFields value={value} onChange={put} />
    </>
  );
}
