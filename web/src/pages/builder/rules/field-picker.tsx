import { useState } from 'react';
import type { ArgumentField } from '../../../policy/fields.ts';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

const OTHER = '\u0000other';

/** An argument of the schema, or a path that somebody writes. */
export function FieldPicker({
  label,
  value,
  fields,
  onChange,
  none,
}: {
  readonly label: string;
  readonly value: string;
  readonly fields: readonly ArgumentField[];
  readonly onChange: (path: string) => void;
  /** What "no argument" is called, where that is possible. */
  readonly none?: string;
}) {
  const known = fields.some(({ path }) => path === value) || (none !== undefined && value === '');
  const [writing, setWriting] = useState(!known);
  if (writing && !known)
    return <TextInput mono aria-label={label} placeholder="args.name" value={value} onChange={onChange} />;
  return (
    <Select
      aria-label={label}
      value={value}
      className="font-mono text-[0.8125rem]!"
      onChange={(chosen) => {
        if (chosen === OTHER) {
          setWriting(true);
          onChange('args.');
        } else onChange(chosen);
      }}
      choices={[
        ...(none === undefined ? [] : [{ value: '', text: none }]),
        ...fields.map(({ path, required }) => ({
          value: path,
          text: path.replace(/^args\./, '') + (required ? ' *' : ''),
        })),
        ...(known ? [] : [{ value, text: value }]),
        { value: OTHER, text: 'Another path…' },
      ]}
    />
  );
}
