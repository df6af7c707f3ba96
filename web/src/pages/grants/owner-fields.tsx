import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';

export interface OwnerInput {
  readonly owner: string;
  /** With commas between. */
  readonly tags: string;
  readonly addresses: string;
}

/** What tells grants apart, and from where they may be used. */
export function OwnerFields({
  value,
  onChange,
}: {
  readonly value: OwnerInput;
  readonly onChange: (part: Partial<OwnerInput>) => void;
}) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Owner" optional>
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={200}
              value={value.owner}
              onChange={(owner) => onChange({ owner })}
            />
          )}
        </Field>
        <Field label="Tags" optional>
          {(ids) => (
            <TextInput
              {...ids}
              placeholder="team-a, ci"
              value={value.tags}
              onChange={(tags) => onChange({ tags })}
            />
          )}
        </Field>
      </div>
      <Field
        label="Only from these addresses"
        optional
        hint="Addresses or networks, with commas between; empty: from anywhere"
      >
        {(ids) => (
          <TextInput
            {...ids}
            mono
            placeholder="10.0.0.0/8, 192.0.2.7"
            value={value.addresses}
            onChange={(addresses) => onChange({ addresses })}
          />
        )}
      </Field>
    </>
  );
}
