import type { ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';

/** Nothing here yet: why, and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Icon aria-hidden className="size-7 text-soft" strokeWidth={1.5} />
      <h2 className="font-semibold">{title}</h2>
      <div className="max-w-md text-soft">{children}</div>
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
