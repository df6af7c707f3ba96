import { useState } from 'react';
import type { JsonSchema } from '../../../api/types.ts';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

interface ArgumentInputProps {
  readonly ids: { readonly id: string };
  readonly schema: JsonSchema | null;
  readonly value: unknown;
  /** undefined: the argument is left out. */
  readonly onChange: (value: unknown) => void;
}

const LEFT_OUT = '';

export function ArgumentInput({ ids, schema, value, onChange }: ArgumentInputProps) {
  const type: unknown = Array.isArray(schema?.type) ? schema.type[0] : schema?.type;
  const values: readonly unknown[] = Array.isArray(schema?.enum)
    ? (schema.enum as readonly unknown[])
    : type === 'boolean'
      ? [true, false]
      : [];
  if (values.length > 0)
    return (
      <Select
        {...ids}
        value={value === undefined ? LEFT_OUT : String(values.indexOf(value))}
        choices={[
          { value: LEFT_OUT, text: '(left out)' },
          ...values.map((one, index) => ({ value: String(index), text: String(one) })),
        ]}
        onChange={(index) => onChange(index === LEFT_OUT ? undefined : values[Number(index)])}
      />
    );
  if (type === 'number' || type === 'integer')
    return (
      <TextInput
        {...ids}
        type="number"
        step="any"
        value={value === undefined ? '' : String(value)}
        onChange={(text) => onChange(text === '' ? undefined : Number(text))}
      />
    );
  if (type === 'array' || type === 'object') return <JsonInput ids={ids} value={value} onChange={onChange} />;
  return (
    <TextArea
      {...ids}
      mono
      rows={typeof value === 'string' && value.includes('\n') ? 4 : 1}
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
    />
  );
}

function JsonInput({ ids, value, onChange }: Omit<ArgumentInputProps, 'schema'>) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value));
  const [wrong, setWrong] = useState(false);
  return (
    <TextArea
      {...ids}
      mono
      rows={2}
      aria-invalid={wrong}
      value={text}
      placeholder="JSON"
      onChange={(next) => {
        setText(next);
        try {
          onChange(next.trim() === '' ? undefined : JSON.parse(next));
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}
