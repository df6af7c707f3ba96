import type { TextareaHTMLAttributes } from 'react';
import { classNames } from '../lib/class-names.ts';
import { INPUT_CLASSES } from './text-input.tsx';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
  readonly onChange: (value: string) => void;
  readonly mono?: boolean;
};

export function TextArea({ onChange, mono = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={4}
      spellCheck={false}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={classNames(INPUT_CLASSES, 'py-1.5', mono && 'font-mono text-[0.8125rem]', className)}
    />
  );
}
