import type { ReactNode } from 'react';
import { Check } from 'lucide-react';
import { classNames } from '../../lib/class-names.ts';

export function Step({
  number,
  title,
  state,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  readonly children: ReactNode;
}) {
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className={classNames('rounded-lg border bg-panel p-4', state === 'now' && 'border-accent')}
    >
      <h2 className="flex items-center gap-2.5 font-semibold">
        <span
          aria-hidden
          className={classNames(
            'inline-flex size-6 items-center justify-center rounded-full border text-xs',
            state === 'done'
              ? 'toned tone-good'
              : state === 'now'
                ? 'border-accent text-accent'
                : 'text-soft',
          )}
        >
          {state === 'done' ? <Check className="size-3.5" /> : number}
        </span>
        <span className={state === 'later' ? 'text-soft' : undefined}>{title}</span>
        {state === 'done' && <span className="sr-only">(done)</span>}
      </h2>
      {state === 'later' ? null : <div className="mt-3 pl-8.5">{children}</div>}
    </li>
  );
}
