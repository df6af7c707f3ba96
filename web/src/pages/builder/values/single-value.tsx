import type { ArgumentField } from '../../../policy/fields.ts';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { NumberInput } from './number-input.tsx';

/** One value of the argument's own kind. */
export function SingleValue({
  field,
  value,
  onChange,
}: {
  readonly field: ArgumentField | undefined;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  if (field !== undefined && field.values.length > 0) {
    const choices = field.values.includes(value) ? field.values : [value, ...field.values];
    return (
      <Select
        aria-label="Value"
        value={String(Math.max(0, choices.indexOf(value)))}
        choices={choices.map((one, index) => ({ value: String(index), text: String(one ?? '') }))}
        onChange={(index) => onChange(choices[Number(index)])}
      />
    );
  }
  if (field?.kind === 'boolean' || typeof value === 'boolean')
    return (
      <Select
        aria-label="Value"
        value={String(value)}
        choices={[
          { value: 'true', text: 'true' },
          { value: 'false', text: 'false' },
        ]}
        onChange={(text) => onChange(text === 'true')}
      />
    );
  if (field?.kind === 'number' || typeof value === 'number')
    return <NumberInput label="Value" value={value} onChange={onChange} />;
  return (
    <TextInput
      mono
      aria-label="Value"
      value={typeof value === 'string' ? value : (JSON.stringify(value) ?? '')}
      onChange={onChange}
    />
  );
}
