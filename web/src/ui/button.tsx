import type { ButtonHTMLAttributes } from 'react';
import { LoaderCircle } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';

export type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  main: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  plain: 'bg-panel text-ink border-edge hover:bg-hover',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-panel text-bad border-bad/50 hover:bg-hover',
};

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook = 'plain', small = false): string {
  return classNames(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap no-underline',
    'disabled:opacity-55 disabled:cursor-not-allowed transition-[filter,background-color]',
    small ? 'min-h-7 px-2 text-[0.8125rem]' : 'min-h-9 px-3 text-sm',
    LOOKS[look],
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  /** Work is under way: it cannot be pressed again. */
  readonly busy?: boolean;
}

export function Button({
  look = 'plain',
  small = false,
  busy = false,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || disabled === true}
      aria-busy={busy || undefined}
      className={classNames(buttonClasses(look, small), rest.className)}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}
