import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export function Card({
  title,
  actions,
  children,
  flush = false,
  className,
}: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without padding, for lists. */
  readonly flush?: boolean;
  readonly className?: string;
}) {
  return (
    <section className={classNames('min-w-0 rounded-lg border bg-panel', className)}>
      {title !== undefined && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b px-4 py-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}
