import type { InputHTMLAttributes } from 'react';
import { classNames } from '../lib/class-names.ts';

export const INPUT_CLASSES =
  'min-h-9 w-full min-w-0 rounded-md border border-edge bg-panel px-2.5 text-sm text-ink aria-invalid:border-bad disabled:opacity-60';

type TextInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
  readonly onChange: (value: string) => void;
  readonly mono?: boolean;
};

export function TextInput({ onChange, mono = false, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={classNames(INPUT_CLASSES, mono && 'font-mono text-[0.8125rem]', className)}
    />
  );
}
