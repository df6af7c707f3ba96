import type { SelectHTMLAttributes } from 'react';
import { classNames } from '../lib/class-names.ts';
import { harmless } from '../lib/harmless.ts';
import { INPUT_CLASSES } from './text-input.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

type SelectProps<Value extends string> = Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'onChange' | 'value'
> & {
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
};

export function Select<Value extends string>({
  value,
  choices,
  onChange,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <select
      {...rest}
      value={value}
      onChange={(event) => onChange(event.target.value as Value)}
      className={classNames(INPUT_CLASSES, 'pr-1', className)}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {harmless(choice.text, 120)}
        </option>
      ))}
    </select>
  );
}
