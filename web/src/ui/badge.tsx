import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'grave' | 'plain';

export function Badge({
  tone = 'plain',
  children,
  title,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <span
      title={title}
      className={classNames(
        'toned inline-flex items-center gap-1 rounded border px-1.5 py-px text-xs font-medium whitespace-nowrap',
        `tone-${tone}`,
      )}
    >
      {children}
    </span>
  );
}
