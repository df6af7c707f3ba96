import { useState } from 'react';
import { TextInput } from '../../../ui/text-input.tsx';

/** Numbers only reach the policy; what is being typed stays here. */
export function NumberInput({
  label,
  value,
  onChange,
  min,
}: {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: number) => void;
  readonly min?: number;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      type="number"
      step="any"
      aria-label={label}
      {...(min === undefined ? {} : { min })}
      value={typed ?? String(value ?? '')}
      onBlur={() => setTyped(undefined)}
      onChange={(text) => {
        setTyped(text);
        if (text.trim() !== '' && Number.isFinite(Number(text))) onChange(Number(text));
      }}
    />
  );
}
